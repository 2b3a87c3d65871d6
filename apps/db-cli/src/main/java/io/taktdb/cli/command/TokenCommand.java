package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.input.TokenFile;
import io.taktdb.cli.view.JsonView;
import io.taktdb.cli.view.Text;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;

/** Looks after the file of tokens that a server was given by {@code --tokens}; the server reads it again by itself. */
@Command(
        name = "token",
        description = {
            "Make, list and revoke the tokens of a file that servers read: takt server --tokens FILE.",
            "Works on the file, not over HTTP; a running server takes what changed within a second or two.",
            "Only hashes are kept: a secret is shown once, when it is made."
        },
        subcommands = {TokenCommand.Create.class, TokenCommand.All.class, TokenCommand.Revoke.class})
final class TokenCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The file of tokens; else $TAKT_TOKENS.")
    private Path file;

    @Override
    public void run() {
        throw CliFailure.usage("no command given: write takt cli token create, list or revoke");
    }

    private TokenFile tokens() {
        final String fromEnvironment = System.getenv("TAKT_TOKENS");
        if (file == null && (fromEnvironment == null || fromEnvironment.isBlank())) {
            throw CliFailure.usage("no file of tokens: give --file FILE, or set TAKT_TOKENS");
        }
        return new TokenFile(file == null ? Path.of(fromEnvironment) : file);
    }

    /** Makes one. */
    @Command(name = "create", description = "Make a token and print its secret, which is shown only now.")
    static final class Create implements Runnable {
        @ParentCommand
        private TokenCommand parent;

        @Parameters(index = "0", paramLabel = "NAME", converter = ArgumentText.class, description = "Who holds it.")
        private String name;

        @Parameters(index = "1", paramLabel = "ROLE", description = "read, write or admin.")
        private String role;

        @Option(names = "--expires", paramLabel = "INSTANT", description = "Its end: 2030-01-31T00:00:00Z.")
        private String expires;

        @Option(names = "--tables", paramLabel = "TABLES", description = "Only these tables: unit,hero.")
        private String tables;

        @Override
        public void run() {
            if (!List.of("read", "write", "admin").contains(role)) {
                throw CliFailure.usage("role is not known: role=" + role + "; write read, write or admin");
            }
            if (!name.matches("[^\\s:]+")) {
                throw CliFailure.usage("not a name: name=" + name + "; leave spaces and colons out");
            }
            if ("admin".equals(role) && tables != null) {
                throw CliFailure.usage("a token of an admin cannot be limited to tables; leave --tables out");
            }
            if (tables != null && !tables.matches("[A-Za-z0-9_]+(,[A-Za-z0-9_]+)*")) {
                throw CliFailure.usage("not names of tables: tables=" + tables + "; write unit,hero");
            }
            checkExpires();
            final String secret = parent.tokens().add(name, role, expires, tables);
            if (parent.root.json()) {
                parent.root.printJson(Answer.JSON
                        .createObjectNode()
                        .put("name", name)
                        .put("role", role)
                        .put("secret", secret)
                        .toString());
            } else {
                parent.root.console().out().println("secret, shown only now: " + secret);
            }
        }

        private void checkExpires() {
            try {
                if (expires != null) {
                    Instant.parse(expires);
                }
            } catch (final DateTimeException e) {
                throw CliFailure.usage("not an instant: expires=" + expires + "; write 2030-01-31T00:00:00Z");
            }
        }
    }

    /** Lists them. */
    @Command(name = "list", description = "List the tokens: name, role, end, tables; never a secret.")
    static final class All implements Runnable {
        @ParentCommand
        private TokenCommand parent;

        @Override
        public void run() {
            final ArrayNode all = Answer.JSON.createArrayNode();
            for (final TokenFile.Line line : parent.tokens().lines()) {
                final ObjectNode one = all.addObject().put("name", line.name()).put("role", line.role());
                line.options().forEach(one::put);
            }
            if (parent.root.json()) {
                parent.root.printJson(all.toString());
            } else {
                new JsonView(parent.root.console()).print(all);
            }
        }
    }

    /** Revokes one. */
    @Command(name = "revoke", description = "Take a token out of the file; its holder is refused from then on.")
    static final class Revoke implements Runnable {
        @ParentCommand
        private TokenCommand parent;

        @Parameters(index = "0", paramLabel = "NAME", converter = ArgumentText.class, description = "Who holds it.")
        private String name;

        @Override
        public void run() {
            parent.tokens().remove(name);
            if (!parent.root.json()) {
                parent.root.console().out().println("revoked " + Text.visible(name));
            }
        }
    }
}
