package io.taktdb.types.error;

import java.util.Collection;
import java.util.Locale;

/** The "did you mean" of an error: the nearest known name by edit distance, if it is near at all. */
public final class Suggestion {
    private static final int MAX_NAME_LENGTH = 64;
    private static final int MAX_CANDIDATES = 4096;

    private Suggestion() {}

    /**
     * Text to append to an error, either {@code "; did you mean player?"} or empty.
     *
     * <p>Near means at most a third of the letters differ (optimal string alignment), case ignored. Work is bounded:
     * names over 64 letters and all after 4,096 candidates are passed over.
     */
    public static String didYouMean(final String wanted, final Collection<String> known) {
        final String nearest = nearest(wanted, known);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }

    /** The nearest known name, or null if none is near. */
    public static String nearest(final String wanted, final Collection<String> known) {
        if (wanted.length() > MAX_NAME_LENGTH) {
            return null;
        }
        final String lower = wanted.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = Math.max(1, wanted.length() / 3) + 1;
        int seen = 0;
        for (final String candidate : known) {
            if (++seen > MAX_CANDIDATES) {
                break;
            }
            if (candidate.length() > MAX_NAME_LENGTH || Math.abs(candidate.length() - lower.length()) >= bestDistance) {
                continue;
            }
            final int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Edits from one text to the other: letters added, removed, replaced, or swapped with their neighbour. */
    private static int distance(final String a, final String b) {
        int[] twoBack = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
                if (isSwap(a, i, b, j)) {
                    current[j] = Math.min(current[j], twoBack[j - 2] + 1);
                }
            }
            final int[] spare = twoBack;
            twoBack = previous;
            previous = current;
            current = spare;
        }
        return previous[b.length()];
    }

    private static boolean isSwap(final String a, final int i, final String b, final int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
