package io.taktdb.testrunner.server;

import io.taktdb.testrunner.plan.ServerSettings.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that start a server process, before {@code --port} and the like. */
public record ServerCommand(List<String> words) {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    public ServerCommand {
        words = List.copyOf(words);
    }

    /**
     * The command that starts a world: {@code taktdb.server.command} or {@code taktdb.demo.command} with its words
     * separated by spaces (double quotes keep spaces within a word), else the launcher in the project's folder.
     */
    public static ServerCommand configured(final Path home, final World world) {
        final String property = System.getProperty("taktdb." + world.command() + ".command");
        if (property == null || property.isBlank()) {
            return new ServerCommand(List.of(home.resolve("takt").toString(), world.command()));
        }
        return parse(property);
    }

    static ServerCommand parse(final String text) {
        final List<String> words = new ArrayList<>();
        final Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        return new ServerCommand(words);
    }
}
