package io.taktdb.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.channel.DefaultEventLoop;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replies wake their event loop once per commit, in order, and never find the mailbox full. */
final class ReplyMailboxTest {
    private final List<Submission> taken = new ArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private DefaultEventLoop loop;
    private ReplyMailbox mailbox;

    @BeforeEach
    void start() {
        loop = new DefaultEventLoop() {
            @Override
            public void execute(final Runnable task) {
                turns.incrementAndGet();
                super.execute(task);
            }
        };
        mailbox = new ReplyMailbox(new EventLoopTurn(loop), taken::add, 4);
    }

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static CommandWriter command() {
        final CommandWriter writer = new CommandWriter(16);
        writer.putClear(1);
        return writer;
    }

    private void answerAll() {
        taken.forEach(one -> one.replyTo().onReply(one));
        taken.clear();
    }

    private void settle() {
        loop.submit(() -> {}).syncUninterruptibly();
    }

    @Test
    void shouldWakeOnceWhenManyRepliesBelongToOneCommit() {
        final List<Integer> answered = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            final int number = i;
            mailbox.submit(command(), done -> answered.add(number));
        }
        answerAll();
        assertEquals(0, turns.get(), "nothing wakes before the commit");
        mailbox.wake();
        mailbox.wake();
        assertEquals(1, turns.get());
        settle();
        assertEquals(List.of(0, 1, 2, 3), answered);
        mailbox.wake();
        assertEquals(2, turns.get(), "only the test's own task: an empty mailbox does not wake");
    }

    @Test
    void shouldRefuseWhenTooManyWait() {
        for (int i = 0; i < 4; i++) {
            mailbox.submit(command(), done -> {});
        }
        final DbException refused = assertThrows(DbException.class, () -> mailbox.submit(command(), done -> {}));
        assertEquals(ErrorCode.OVERLOADED, refused.code());
        answerAll();
        mailbox.wake();
        settle();
        assertEquals(0, mailbox.waiting());
        mailbox.submit(command(), done -> {});
        assertEquals(1, mailbox.waiting());
    }

    @Test
    void shouldNotCountCommandWhenEngineRefusesIt() {
        final ReplyMailbox refusing = new ReplyMailbox(
                new EventLoopTurn(loop),
                submission -> {
                    throw new DbException(ErrorCode.OVERLOADED, "full");
                },
                4);
        assertThrows(DbException.class, () -> refusing.submit(command(), done -> {}));
        assertEquals(0, refusing.waiting());
    }

    @Test
    void shouldGoOnWhenOneReceiverThrows() {
        final AtomicInteger answered = new AtomicInteger();
        mailbox.submit(command(), done -> {
            throw new IllegalStateException("receiver");
        });
        mailbox.submit(command(), done -> answered.incrementAndGet());
        answerAll();
        mailbox.wake();
        settle();
        assertEquals(1, answered.get());
    }
}
