package io.taktdb.runtime.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.runtime.command.CommandSource;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void shouldTakeTurnsWhenOneSenderFloods() {
        final CommandQueue queue = new CommandQueue(64, Long.MAX_VALUE);
        final CommandSource flood = new CommandSource();
        final CommandSource quiet = new CommandSource();
        for (int i = 0; i < queue.share(); i++) {
            queue.offer(from(flood, i));
        }
        final Submission first = from(quiet, 100);
        final Submission second = from(quiet, 101);
        queue.offer(first);
        queue.offer(second);
        queue.poll();
        assertSame(first, queue.poll());
        queue.poll();
        assertSame(second, queue.poll());
        assertEquals(queue.share() - 2, queue.depth());
        assertEquals(queue.share() - 2, flood.queued());
        assertEquals(0, quiet.queued());
    }

    @Test
    void shouldKeepTheOrderOfEachSender() {
        final CommandQueue queue = new CommandQueue(64, Long.MAX_VALUE);
        final CommandSource one = new CommandSource();
        final List<Submission> sent = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sent.add(from(one, i));
            queue.offer(sent.get(i));
            queue.offer(delete(i));
        }
        final List<Submission> got = new ArrayList<>();
        for (Submission next = queue.poll(); next != null; next = queue.poll()) {
            if (next.source() == one) {
                got.add(next);
            }
        }
        assertEquals(sent, got);
        assertEquals(0, queue.depth());
        assertTrue(queue.isEmpty());
    }

    @Test
    void shouldRefuseTheFloodAndTakeOthersWhenAShareIsFull() {
        final CommandQueue queue = new CommandQueue(64, Long.MAX_VALUE);
        final CommandSource flood = new CommandSource();
        for (int i = 0; i < queue.share(); i++) {
            queue.offer(from(flood, i));
        }
        final DbException error = assertThrows(DbException.class, () -> queue.offer(from(flood, 99)));
        assertEquals(ErrorCode.OVERLOADED, error.code());
        assertTrue(error.getMessage().contains("waiting=16, limit=16"), error.getMessage());
        queue.offer(from(new CommandSource(), 1));
        queue.poll();
        queue.offer(from(flood, 99));
        assertEquals(queue.share() + 1, queue.depth());
    }

    private static Submission from(final CommandSource source, final long id) {
        final CommandWriter command = new CommandWriter();
        command.putDelete(1, id);
        return command.source(source).toSubmission(done -> {});
    }

    private static Submission delete(final long id) {
        final CommandWriter command = new CommandWriter();
        command.putDelete(1, id);
        return command.toSubmission(done -> {});
    }
}
