package io.taktdb.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A part of a route as an argument: anything but empty, which would lead to another route. */
final class ArgumentText implements ITypeConverter<String> {
    @Override
    public String convert(final String value) {
        if (value.isBlank()) {
            throw new TypeConversionException("it is empty");
        }
        return value;
    }
}
