package io.taktdb.cli.command;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Route;
import io.taktdb.types.codegen.JavaCode;
import io.taktdb.types.error.DbException;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Writes source code for a schema. */
@Command(name = "codegen", description = "Write source code for a schema.", subcommands = CodegenCommand.Java.class)
final class CodegenCommand {
    @ParentCommand
    private TaktCommand root;

    /** Writes Java. */
    @Command(
            name = "java",
            description = {
                "Write Java classes for the tables of a schema: a row, a view and a chunk for each.",
                "docs/EMBEDDING.md shows how they are used. Files that it did not write are not touched."
            })
    static final class Java implements Runnable {
        @ParentCommand
        private CodegenCommand parent;

        @Option(
                names = "--schema",
                paramLabel = "FILE",
                description = "The schema as JSON, as `schema` shows it (default: the server's).")
        private Path schema;

        @Option(names = "--package", paramLabel = "NAME", required = true, description = "The package of the classes.")
        private String javaPackage;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                required = true,
                description = "The source folder; packages are folders in it.")
        private Path out;

        @Override
        public void run() {
            final byte[] json = schema == null
                    ? parent.root
                            .client()
                            .send("GET", Route.of("/v1/schema"))
                            .text()
                            .getBytes(StandardCharsets.UTF_8)
                    : read(schema);
            final String from = schema == null ? "the server" : schema.toString();
            try {
                final Map<String, String> files = JavaCode.of(parse(json), javaPackage);
                final Path folder = out.resolve(javaPackage.replace('.', '/'));
                files.keySet().forEach(name -> requireOurs(folder.resolve(name)));
                files.forEach((name, text) -> write(folder.resolve(name), text));
                parent.root.console().out().println("wrote " + files.size() + " files to " + folder);
            } catch (final DbException e) {
                throw CliFailure.localFile(e.code() + ", schema of " + from + ": " + e.getMessage());
            }
        }

        private static Schema parse(final byte[] json) {
            try (JsonParser parser = StrictJson.parser(json, 0, json.length)) {
                final Schema schema = SchemaJson.readSchema(parser);
                StrictJson.requireEnd(parser);
                return schema;
            } catch (final IOException e) {
                throw StrictJson.translate(e);
            }
        }

        private static byte[] read(final Path file) {
            try {
                return Files.readAllBytes(file);
            } catch (final IOException e) {
                throw CliFailure.localFile("file cannot be read: file=" + file + ", reason=" + e);
            }
        }

        /** Refuses a file that somebody else wrote, before anything is written. */
        private static void requireOurs(final Path file) {
            if (Files.exists(file) && !new String(read(file), StandardCharsets.UTF_8).startsWith(JavaCode.HEADER)) {
                throw CliFailure.localFile(
                        "file was not generated: file=" + file + "; move it, or choose another --out");
            }
        }

        private static void write(final Path file, final String text) {
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (final IOException e) {
                throw CliFailure.localFile("file cannot be written: file=" + file + ", reason=" + e);
            }
        }
    }
}
