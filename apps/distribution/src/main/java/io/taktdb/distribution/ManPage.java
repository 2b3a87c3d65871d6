package io.taktdb.distribution;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One command as a manual page, in the language of man(7). Threading: none of its own. */
final class ManPage {
    private ManPage() {}

    static String of(final CommandLine command, final String version) {
        final CommandSpec spec = command.getCommandSpec();
        final String name = spec.qualifiedName("-").replace(' ', '-');
        final String[] description = spec.usageMessage().description();
        final StringBuilder page = new StringBuilder();
        page.append(".TH ").append(quoted(name.toUpperCase(Locale.ROOT))).append(" 1 \"\" ");
        page.append(quoted("TaktDB " + version)).append('\n');
        section(page, "NAME");
        page.append(text(name)).append(" \\- ").append(text(description.length == 0 ? "" : description[0]));
        page.append('\n');
        section(page, "SYNOPSIS");
        page.append(".nf\n")
                .append(text(new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF))
                        .synopsis(0)
                        .stripTrailing()))
                .append("\n.fi\n");
        section(page, "DESCRIPTION");
        page.append(text(Arrays.stream(description).collect(Collectors.joining("\n.br\n"))))
                .append('\n');
        if (!spec.positionalParameters().isEmpty()) {
            section(page, "ARGUMENTS");
            for (final PositionalParamSpec one : spec.positionalParameters()) {
                item(page, one.paramLabel(), one.description());
            }
        }
        section(page, "OPTIONS");
        for (final OptionSpec one : spec.options()) {
            if (!one.hidden()) {
                item(
                        page,
                        String.join(", ", one.names()) + (one.arity().max() == 0 ? "" : "=" + one.paramLabel()),
                        one.description());
            }
        }
        list(
                page,
                "COMMANDS",
                spec.subcommands().entrySet().stream()
                        .filter(one ->
                                !one.getValue().getCommandSpec().usageMessage().hidden())
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                one -> String.join(
                                        " ",
                                        one.getValue()
                                                .getCommandSpec()
                                                .usageMessage()
                                                .description()),
                                (a, b) -> a,
                                java.util.LinkedHashMap::new)));
        list(page, "EXIT STATUS", spec.root().usageMessage().exitCodeList());
        return page.toString();
    }

    private static void section(final StringBuilder page, final String title) {
        page.append(".SH ").append(title).append('\n');
    }

    private static void list(final StringBuilder page, final String title, final Map<String, String> rows) {
        if (!rows.isEmpty()) {
            section(page, title);
            rows.forEach((name, what) -> item(page, name, what));
        }
    }

    private static void item(final StringBuilder page, final String name, final String... description) {
        page.append(".TP\n.B ").append(text(name)).append('\n');
        page.append(text(String.join(" ", description))).append('\n');
    }

    private static String quoted(final String text) {
        return '"' + text(text).replace("\"", "") + '"';
    }

    /** Escapes what man(7) would take for its own. */
    private static String text(final String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .lines()
                .map(line -> line.startsWith("'") || line.startsWith(".") && !line.equals(".br") ? "\\&" + line : line)
                .collect(Collectors.joining("\n"));
    }
}
