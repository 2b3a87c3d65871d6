package io.taktdb.runtime.tick;

import io.taktdb.proof.Lincheck;
import io.taktdb.runtime.command.CommandSource;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Lincheck on the command queue: whatever the order of steps, it answers as if one operation followed the other. */
class QueueLinearTest {
    private static final int ROOM = 64;
    private static final int NONE = -1;

    /** Commands without a sender: first in, first out. */
    public static class Fifo {
        private final CommandQueue queue = new CommandQueue(ROOM, Long.MAX_VALUE);
        private final Submission[] commands = commands();

        @Operation
        public void offer(@Param(gen = IntGen.class, conf = "1:9") final int number) {
            queue.offer(commands[number]);
        }

        @Operation(nonParallelGroup = "tick")
        public int poll() {
            return numberOf(queue.poll());
        }
    }

    /** Two senders: each in its order, and by turns. */
    public static class Turns {
        private final CommandQueue queue = new CommandQueue(ROOM, Long.MAX_VALUE);
        private final Submission[] commands = commands(new CommandSource(), new CommandSource());

        @Operation
        public void offer(@Param(gen = IntGen.class, conf = "2:9") final int number) {
            queue.offer(commands[number]);
        }

        @Operation(nonParallelGroup = "tick")
        public int poll() {
            return numberOf(queue.poll());
        }
    }

    /** What was offered can be polled: the loop goes to sleep only when it is empty. */
    public static class Emptiness {
        private final CommandQueue queue = new CommandQueue(ROOM, Long.MAX_VALUE);
        private final Submission[] commands = commands();

        @Operation
        public void offer(@Param(gen = IntGen.class, conf = "1:9") final int number) {
            queue.offer(commands[number]);
        }

        @Operation(nonParallelGroup = "tick")
        public int poll() {
            return numberOf(queue.poll());
        }

        @Operation(nonParallelGroup = "tick")
        public boolean isEmpty() {
            return queue.isEmpty();
        }
    }

    /** Commands made beforehand, so that Lincheck has no bytes to follow. */
    private static Submission[] commands(final CommandSource... senders) {
        final Submission[] commands = new Submission[10];
        for (int number = 0; number < commands.length; number++) {
            final CommandWriter writer = new CommandWriter(32);
            writer.putDelete(1, number);
            if (senders.length > 0) {
                writer.source(senders[number % senders.length]);
            }
            commands[number] = writer.toSubmission(null);
            commands[number].number(number);
        }
        return commands;
    }

    private static int numberOf(final Submission submission) {
        return submission == null ? NONE : (int) submission.number();
    }

    @Test
    void shouldBeFirstInFirstOutWhateverTheSteps() {
        Lincheck.check(Fifo.class);
    }

    @Test
    void shouldTakeTurnsWhateverTheSteps() {
        Lincheck.check(Turns.class);
    }

    @Test
    void shouldTellWhetherItIsEmptyWhateverTheSteps() {
        Lincheck.check(Emptiness.class);
    }
}
