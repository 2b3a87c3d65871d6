package io.taktdb.runtime.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.table.TableState;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandOp;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What listeners hear, over a running engine. */
class ChangeFeedTest {
    private static final int FIELD = 1;

    private TaktDb db;
    private int table;

    @BeforeEach
    void open() throws Exception {
        db = TaktDb.open(TaktConfig.inMemory().withLoop(LoopConfig.atRate(120)));
        change(SchemaChange.CreateTable.of("t", FieldSpec.of("s", "string")));
    }

    @AfterEach
    void close() {
        db.close();
    }

    private void change(final SchemaChange change) throws Exception {
        final CommandWriter command = new CommandWriter();
        command.putSchema(SchemaJson.changesToBytes(List.of(change)));
        final var schema = db.send(command).get(30, TimeUnit.SECONDS).schema();
        table = schema.table("t") == null ? -1 : schema.table("t").id();
    }

    private CommandWriter insert(final long id, final String text) {
        final CommandWriter command = new CommandWriter();
        command.beginInsert(table, 1);
        command.beginRow(true, id).field(FIELD).putString(text);
        command.endRow();
        return command;
    }

    private CommandWriter update(final long id, final String text) {
        final CommandWriter command = new CommandWriter();
        command.beginUpdate(CommandOp.MERGE, table, id);
        command.row().field(FIELD).putString(text);
        command.endRow();
        return command;
    }

    private CommandWriter delete(final long id) {
        final CommandWriter command = new CommandWriter();
        command.putDelete(table, id);
        return command;
    }

    private static <T> T await(final CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    @Test
    void shouldKeepReplicasEqualWhileCommandsArriveBetweenTicks() throws Exception {
        final Replica early = new Replica("the end");
        db.listen("t", early);
        await(early.started);
        final Random random = new Random(5);
        Replica late = null;
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (int i = 1; i <= 4_000; i++) {
            final long id = 1L + random.nextInt(i);
            final String text = "text number " + random.nextInt(3) + "x".repeat(random.nextInt(30));
            final int what = random.nextInt(4);
            last = db.send(what < 2 ? insert(i, text) : what == 2 ? update(id, text) : delete(id))
                    .handle((done, refused) -> null);
            if (i % 64 == 0) {
                await(last);
            }
            if (i == 2_000) {
                late = new Replica("the end");
                db.listen("t", late);
            }
        }
        await(db.send(insert(1_000_000, "the end")));
        final Map<Long, String> rows = await(early.reached);
        assertEquals(rows, await(late.reached));
        assertTrue(rows.size() > 500, () -> "rows=" + rows.size());
        assertTrue(early.ticks.get() >= 1, () -> "ticks=" + early.ticks);
    }

    @Test
    void shouldRestartListenersWhenFieldsChange() throws Exception {
        final Replica replica = new Replica("after");
        db.listen("t", replica);
        await(replica.started);
        await(db.send(insert(1, "before")));
        change(new SchemaChange.AddField("t", FieldSpec.of("n", "i32").asOptional()));
        await(replica.restarted);
        await(db.send(insert(2, "after")));
        assertEquals(Map.of(1L, "before", 2L, "after"), await(replica.reached));
    }

    @Test
    void shouldEndListenersWhenTheirTableIsDropped() throws Exception {
        final Replica replica = new Replica("");
        db.listen("t", replica);
        await(replica.started);
        change(new SchemaChange.DropTable("t", false));
        assertEquals(ErrorCode.TABLE_NOT_FOUND, await(replica.ended).code());
        final DbException error = assertThrows(DbException.class, () -> db.listen("t", new Replica("")));
        assertEquals(ErrorCode.TABLE_NOT_FOUND, error.code());
    }

    @Test
    void shouldEndListenersWhenTheEngineCloses() throws Exception {
        final Replica replica = new Replica("");
        db.listen("t", replica);
        await(replica.started);
        db.close();
        assertEquals(ErrorCode.UNAVAILABLE, await(replica.ended).code());
        assertEquals(0, db.changeFigures().listeners());
        assertThrows(DbException.class, () -> db.listen("t", new Replica("")));
    }

    @Test
    void shouldEndOnlyTheListenerThatThrows() throws Exception {
        final Replica good = new Replica("last");
        final CompletableFuture<DbException> ended = new CompletableFuture<>();
        db.listen("t", good);
        await(good.started);
        final Replica bad = new Replica("");
        db.listen("t", new FailingListener(bad, ended));
        await(bad.started);
        await(db.send(insert(1, "first")));
        final DbException why = await(ended);
        assertTrue(why.getMessage().contains("no more"), why::getMessage);
        await(db.send(insert(2, "last")));
        assertEquals(Map.of(1L, "first", 2L, "last"), await(good.reached));
    }

    @Test
    void shouldHearNothingMoreAfterTheSubscriptionIsClosed() throws Exception {
        final Replica gone = new Replica("second");
        final ChangeFeed.Subscription subscription = db.listen("t", gone);
        await(gone.started);
        subscription.close();
        subscription.close();
        final Replica other = new Replica("second");
        db.listen("t", other); // asked for later: when it has started, the first one has left
        await(other.started);
        await(db.send(insert(1, "second")));
        await(other.reached);
        assertEquals(0, gone.ticks.get());
        assertEquals(1, db.changeFigures().listeners());
    }

    /** No thread and no clock: what the loop hands over while the feed is busy becomes one change. */
    @Test
    void shouldMergeTicksWhenTheListenerIsSlower() throws Exception {
        try (Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0)) {
            database.change(SchemaChange.CreateTable.of("t", FieldSpec.of("s", "string")));
            database.commit(1);
            final ChangeFeed feed = new ChangeFeed(database.states());
            final CompletableFuture<Void> goOn = new CompletableFuture<>();
            final Replica slow = new Replica("5");
            feed.listen(1, new SlowStart(slow, goOn));
            feed.tickEnded();
            await(slow.started);
            for (int tick = 2; tick <= 5; tick++) {
                final CommandRow row = new CommandRow(Integer.toString(tick));
                database.table("t").writes().insert(row.cursor());
                database.commit(tick);
                feed.tickEnded();
            }
            goOn.complete(null);
            assertEquals(Map.of(1L, "2", 2L, "3", 3L, "4", 4L, "5"), await(slow.reached));
            assertEquals(1, slow.ticks.get());
            assertEquals(3, feed.figures().merged());
            feed.close();
            assertEquals(0, database.states().openLeases());
        }
    }

    /** Fails at the first change. */
    private static final class FailingListener extends ForwardingListener {
        private final CompletableFuture<DbException> ended;

        FailingListener(final Replica to, final CompletableFuture<DbException> ended) {
            super(to);
            this.ended = ended;
        }

        @Override
        public void tickBegins(final long tick, final long commit, final TableState now) {
            throw new IllegalStateException("no more");
        }

        @Override
        public void ended(final DbException why) {
            ended.complete(why);
        }
    }

    /** Takes its time at the start. */
    private static final class SlowStart extends ForwardingListener {
        private final CompletableFuture<Void> goOn;

        SlowStart(final Replica to, final CompletableFuture<Void> goOn) {
            super(to);
            this.goOn = goOn;
        }

        @Override
        public void started(final HeldState state, final TableState now) {
            super.started(state, now);
            goOn.join();
        }
    }
}
