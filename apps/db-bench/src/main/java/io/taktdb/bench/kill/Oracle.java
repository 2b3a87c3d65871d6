package io.taktdb.bench.kill;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was sent and what was acknowledged, kept outside of the server.
 *
 * <p>Threading: any thread notes; {@link #check} while nobody writes.
 */
final class Oracle {
    private static final int SHOWN = 10;

    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong refusals = new AtomicLong();
    private final List<String> shown = new ArrayList<>();
    private long lost;
    private long invented;
    private long doubled;

    void sending(final String token) {
        sent.add(token);
    }

    void acknowledged(final String token) {
        acknowledged.add(token);
    }

    void refused(final String why) {
        if (refusals.incrementAndGet() <= SHOWN) {
            synchronized (shown) {
                shown.add("refused: " + why);
            }
        }
    }

    /**
     * Compares what the server has now.
     *
     * @param found how often each token is there
     */
    void check(final Map<String, Integer> found, final int cycle) {
        final Set<String> missing = new HashSet<>(acknowledged);
        missing.removeAll(found.keySet());
        lost += missing.size();
        note(missing, "lost in cycle " + cycle);
        acknowledged.removeAll(missing); // counted once
        final Set<String> strange = new HashSet<>(found.keySet());
        strange.removeAll(sent);
        invented += strange.size();
        note(strange, "invented in cycle " + cycle);
        sent.addAll(strange);
        for (final Map.Entry<String, Integer> one : found.entrySet()) {
            if (one.getValue() > 1) {
                doubled++;
                note(Set.of(one.getKey()), "there " + one.getValue() + " times in cycle " + cycle);
            }
        }
    }

    private void note(final Set<String> tokens, final String what) {
        synchronized (shown) {
            tokens.stream().limit(SHOWN).forEach(token -> shown.add(what + ": " + token));
        }
    }

    long lost() {
        return lost;
    }

    long invented() {
        return invented;
    }

    long doubled() {
        return doubled;
    }

    int acknowledgedCount() {
        return acknowledged.size();
    }

    int sentCount() {
        return sent.size();
    }

    long refusals() {
        return refusals.get();
    }

    /** What was wrong, in words. */
    List<String> shown() {
        synchronized (shown) {
            return List.copyOf(shown);
        }
    }
}
