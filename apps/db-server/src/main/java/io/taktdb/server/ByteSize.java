package io.taktdb.server;

import com.sun.management.OperatingSystemMXBean;
import io.taktdb.core.memory.MemoryBudget;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of memory as people write it: {@code 512m}, {@code 4g}, {@code 1048576}. Threading: pure. */
final class ByteSize {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})([kmgt]?)(i?b)?");
    private static final String UNITS = "kmgt";
    private static final int UNIT_SHIFT = 10;

    private ByteSize() {}

    /**
     * The bytes of a text: a whole number with k, m, g or t (powers of 1,024), or none.
     *
     * @throws IllegalArgumentException it is none, or too many for any machine
     */
    static long parse(final String text) {
        final Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an amount of memory: " + text + "; write e.g. 512m or 4g");
        }
        final long number = Long.parseLong(matcher.group(1));
        final int shift = matcher.group(2).isEmpty()
                ? 0
                : UNIT_SHIFT * (UNITS.indexOf(matcher.group(2).charAt(0)) + 1);
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("too much memory: " + text + "; write e.g. 512m or 4g");
        }
        return number << shift;
    }

    /**
     * What tables may take if nobody says: three quarters of the memory that this machine (or container) has, less the
     * Java heap.
     */
    static long ofMachine() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            final long total = system.getTotalMemorySize();
            final long left = total / 4 * 3 - Runtime.getRuntime().maxMemory();
            return Math.max(left, total / 4);
        }
        return MemoryBudget.UNLIMITED;
    }
}
