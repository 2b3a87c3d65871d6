package io.taktdb.runtime.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import org.junit.jupiter.api.Test;

/** The bounds of the way into the loop. */
class CommandQueueTest {
    @Test
    void shouldRefuseWhenCountIsReached() {
        final CommandQueue queue = new CommandQueue(4, Long.MAX_VALUE);
        for (int i = 0; i < queue.capacity(); i++) {
            queue.offer(delete(i));
        }
        final DbException error = assertThrows(DbException.class, () -> queue.offer(delete(99)));
        assertEquals(ErrorCode.OVERLOADED, error.code());
        assertEquals(queue.capacity(), queue.depth());
    }

    @Test
    void shouldRefuseWhenBytesAreReachedAndTakeAgainWhenDrained() {
        final Submission one = delete(1);
        final CommandQueue queue = new CommandQueue(1024, one.length() * 2L);
        queue.offer(one);
        queue.offer(delete(2));
        assertThrows(DbException.class, () -> queue.offer(delete(3)));
        assertSame(one, queue.poll());
        queue.offer(delete(3));
        assertEquals(2, queue.depth());
    }

    @Test
    void shouldRefuseButStillDrainWhenClosed() {
        final CommandQueue queue = new CommandQueue(16, Long.MAX_VALUE);
        final Submission one = delete(1);
        queue.offer(one);
        queue.close();
        assertEquals(
                ErrorCode.UNAVAILABLE,
                assertThrows(DbException.class, () -> queue.offer(delete(2))).code());
        assertSame(one, queue.poll());
        assertNull(queue.poll());
    }

    private static Submission delete(final long id) {
        final CommandWriter command = new CommandWriter();
        command.putDelete(1, id);
        return command.toSubmission(done -> {});
    }
}
