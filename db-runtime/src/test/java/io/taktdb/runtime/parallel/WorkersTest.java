package io.taktdb.runtime.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each piece once, all done on return, the lowest failure reported. */
class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    @Tag("pp_1:test_parallel_iter_thread_safety")
    void shouldRunEachPieceOnceWhenRoundsFollowEachOther(final int count) {
        try (Workers workers = new Workers(count)) {
            for (int round = 0; round < 2_000; round++) {
                final int pieces = round % 97;
                final AtomicIntegerArray done = new AtomicIntegerArray(97);
                workers.run(pieces, round % 10 == 0, (worker, piece) -> done.incrementAndGet(piece));
                for (int piece = 0; piece < 97; piece++) {
                    assertEquals(piece < pieces ? 1 : 0, done.get(piece), "round " + round + ", piece " + piece);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void shouldReportLowestFailureAndGoOnWhenPiecesThrow(final int count) {
        try (Workers workers = new Workers(count)) {
            for (int round = 0; round < 200; round++) {
                final IllegalStateException thrown = assertThrows(
                        IllegalStateException.class,
                        () -> workers.run(50, false, (worker, piece) -> {
                            if (piece % 7 == 3) {
                                throw new IllegalStateException("piece " + piece);
                            }
                        }));
                assertEquals("piece 3", thrown.getMessage());
            }
        }
    }
}
