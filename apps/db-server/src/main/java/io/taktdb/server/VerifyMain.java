package io.taktdb.server;

import io.taktdb.persistence.recovery.FolderCheck;
import io.taktdb.persistence.storage.FileKeys;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.types.error.DbException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code takt verify}: checks a data folder without starting a server. */
@Command(
        name = "takt verify",
        mixinStandardHelpOptions = true,
        description = {
            "Reads every byte of a data folder that no server uses, and says what is in it and what a start would do.",
            "Exit status: 0 sound, 1 damaged or not readable, 2 wrong usage."
        })
public final class VerifyMain implements Callable<Integer> {
    private static final int EXIT_SOUND = 0;
    private static final int EXIT_DAMAGED = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private EncryptionOptions encryption;

    @Parameters(paramLabel = "DIR", description = "The data folder, as in takt server --data DIR.")
    private Path folder;

    /** Checks a folder. */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new VerifyMain()).execute(args));
    }

    private FileKeys keys() {
        try {
            return encryption.keys();
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        try {
            final FolderCheck.Report report = FolderCheck.run(Storage.encrypted(Storage.disk(), keys()), folder);
            report.lines().forEach(out::println);
            out.println(report.isSound() ? "sound" : "damaged");
            out.flush();
            return report.isSound() ? EXIT_SOUND : EXIT_DAMAGED;
        } catch (final DbException e) {
            spec.commandLine().getErr().println("takt verify: " + e.getMessage());
            return EXIT_DAMAGED;
        }
    }
}
