package io.taktdb.bench.faults;

import java.util.ArrayList;
import java.util.List;

/** What a campaign came to. Threading: one thread. */
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
    void detected() {
        cases++;
        detected++;
    }

    /** Nothing was lost, invented or changed. */
    void same() {
        cases++;
        same++;
    }

    /** Something was. */
    void wrong(final String what) {
        cases++;
        wrongs++;
        if (wrong.size() < SHOWN) {
            wrong.add(what);
        }
    }

    String name() {
        return name;
    }

    long cases() {
        return cases;
    }

    long wrongs() {
        return wrongs;
    }

    /** The first wrong answers, in words. */
    List<String> shown() {
        return List.copyOf(wrong);
    }

    @Override
    public String toString() {
        return name + ": cases=" + cases + ", detected=" + detected + ", same=" + same + ", wrong=" + wrongs;
    }
}
