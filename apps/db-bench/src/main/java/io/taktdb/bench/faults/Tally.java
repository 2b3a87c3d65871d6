package io.taktdb.bench.faults;

import java.util.ArrayList;
import java.util.List;

/** What a campaign came to. Threading: any thread. */
final class Tally {
    private static final int SHOWN = 20;

    private final String name;
    private final List<String> wrong = new ArrayList<>();
    private long cases;
    private long detected;
    private long same;
    private long wrongs;

    Tally(final String name) {
        this.name = name;
    }

    /** The fault was refused or reported. */
    synchronized void detected() {
        cases++;
        detected++;
    }

    /** Nothing was lost, invented or changed. */
    synchronized void same() {
        cases++;
        same++;
    }

    /** Something was. */
    synchronized void wrong(final String what) {
        cases++;
        wrongs++;
        if (wrong.size() < SHOWN) {
            wrong.add(what);
        }
    }

    String name() {
        return name;
    }

    synchronized long cases() {
        return cases;
    }

    synchronized long wrongs() {
        return wrongs;
    }

    /** The first wrong answers, in words. */
    synchronized List<String> shown() {
        return List.copyOf(wrong);
    }

    @Override
    public synchronized String toString() {
        return name + ": cases=" + cases + ", detected=" + detected + ", same=" + same + ", wrong=" + wrongs;
    }
}
