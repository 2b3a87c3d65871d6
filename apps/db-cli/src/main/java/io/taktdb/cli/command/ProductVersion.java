package io.taktdb.cli.command;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
final class ProductVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        final String version = ProductVersion.class.getPackage().getImplementationVersion();
        return new String[] {"takt " + (version == null ? "(development build)" : version)};
    }
}
