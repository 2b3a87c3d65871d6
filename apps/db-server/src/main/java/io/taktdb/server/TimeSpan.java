package io.taktdb.server;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A span of time as people write it: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}. Threading: pure. */
final class TimeSpan {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|)");

    private TimeSpan() {}

    /**
     * The span that a text says: a whole number with ms, s, m or h; seconds without a unit.
     *
     * @throws IllegalArgumentException it says none
     */
    static Duration parse(final String text) {
        final Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a span of time: " + text + "; write e.g. 30s, 5m or 500ms");
        }
        final long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
