package io.taktdb.runtime.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which commands are remembered, and how they are answered. */
class KeyWindowTest {
    private static Submission submission(final String name, final String print) {
        final CommandWriter command = new CommandWriter();
        command.putClear(1);
        command.key(name.getBytes(StandardCharsets.UTF_8), print.getBytes(StandardCharsets.UTF_8));
        return command.toSubmission(done -> {});
    }

    private static Submission done(final KeyWindow window, final String name, final long commit, final Object result) {
        final Submission submission = submission(name, "print");
        submission.result(result);
        submission.replyBuffer().putLong(0, commit);
        submission.replyLength(Long.BYTES);
        window.applied(submission);
        window.commit(commit, commit * 10);
        return submission;
    }

    @Test
    void shouldAnswerWhatWasDone() {
        final KeyWindow window = new KeyWindow(4, 1 << 20);
        assertFalse(window.answer(submission("a", "print")));
        final Submission first = done(window, "a", 7, List.of(1L, "x"));
        final Submission again = submission("a", "print");
        assertTrue(window.answer(again));
        assertTrue(again.isRepeated());
        assertSame(first.result(), again.result());
        assertEquals(7, again.reply().getLong(0));
        assertEquals(Long.BYTES, again.replyLength());
        again.committed(99, 990);
        assertEquals(7, again.commit(), "the commit in which it was done");
        assertEquals(70, again.tick());
    }

    @Test
    void shouldAnswerBeforeTheCommitWithThatCommit() {
        final KeyWindow window = new KeyWindow(4, 1 << 20);
        window.applied(submission("a", "print"));
        final Submission again = submission("a", "print");
        assertTrue(window.answer(again));
        again.committed(3, 30);
        assertEquals(3, again.commit());
        assertEquals(List.of(), window.upTo(Long.MAX_VALUE), "not committed yet");
        window.commit(3, 30);
        assertEquals(1, window.upTo(3).size());
        assertEquals(0, window.upTo(2).size());
    }

    @Test
    void shouldRefuseAnotherRequestUnderTheSameName() {
        final KeyWindow window = new KeyWindow(4, 1 << 20);
        done(window, "a", 1, null);
        final DbException e = assertThrows(DbException.class, () -> window.answer(submission("a", "other")));
        assertEquals(ErrorCode.CONFLICT, e.code());
        assertFalse(window.answer(submission("b", "print")));
    }

    @Test
    void shouldForgetTheOldest() {
        final KeyWindow window = new KeyWindow(3, 1 << 20);
        for (int i = 1; i <= 5; i++) {
            done(window, "key-" + i, i, null);
        }
        assertEquals(3, window.keys());
        assertFalse(window.answer(submission("key-2", "print")));
        assertTrue(window.answer(submission("key-3", "print")));
        assertEquals(
                List.of(3L, 4L, 5L),
                window.upTo(5).stream().map(DoneCommand::commit).toList());
    }

    @Test
    void shouldKeepNoLargeAnswerButTheKey() {
        final KeyWindow window = new KeyWindow(10, 8_000);
        done(window, "large", 1, List.of("x".repeat(5_000)));
        final DbException e = assertThrows(DbException.class, () -> window.answer(submission("large", "print")));
        assertEquals(ErrorCode.CONFLICT, e.code());
        for (int i = 2; i < 40; i++) {
            done(window, "key-" + i, i, "y".repeat(500));
            assertTrue(window.bytes() <= window.maxBytes(), "bytes=" + window.bytes());
        }
        assertFalse(window.answer(submission("large", "print")));
    }

    @Test
    void shouldRefuseKeysThatDoNotFit() {
        final CommandWriter command = new CommandWriter();
        assertThrows(IllegalArgumentException.class, () -> command.key(new byte[0], new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> command.key(new byte[200], new byte[100]));
    }
}
