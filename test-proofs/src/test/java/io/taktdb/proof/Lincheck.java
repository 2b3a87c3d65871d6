package io.taktdb.proof;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Checks a class by Lincheck: random scenarios, first with every switch of threads that Lincheck chooses, then freely.
 *
 * <p>The sequential specification is the class itself, used by one thread. Threading: none of its own.
 */
public final class Lincheck {
    private static final int THREADS = 2;
    private static final int OPERATIONS = 4;

    private Lincheck() {}

    /** Looks for such a scenario with a fixed seed, for as long as it surely takes to find the one that is there. */
    public static void search(final Class<?> operations) {
        new ModelCheckingOptions()
                .threads(THREADS)
                .actorsPerThread(OPERATIONS)
                .actorsBefore(2)
                .actorsAfter(2)
                .iterations(50)
                .invocationsPerIteration(2_000)
                .minimizeFailedScenario(false)
                .check(operations);
    }

    /** Fails with the steps of a scenario whose answers no sequence of its operations gives. */
    public static void check(final Class<?> operations) {
        new ModelCheckingOptions()
                .threads(THREADS)
                .actorsPerThread(OPERATIONS)
                .actorsBefore(2)
                .actorsAfter(2)
                .iterations(Proof.LONG ? 200 : 4)
                .invocationsPerIteration(Proof.LONG ? 5_000 : 60)
                .check(operations);
        new StressOptions()
                .threads(THREADS)
                .actorsPerThread(OPERATIONS)
                .actorsBefore(2)
                .actorsAfter(2)
                .iterations(Proof.LONG ? 100 : 2)
                .invocationsPerIteration(Proof.LONG ? 20_000 : 100)
                .check(operations);
    }
}
