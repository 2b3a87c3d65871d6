package io.taktdb.demo.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.Guard;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.schema.EnumType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class DemoWorldTest {
    private static final int TICKS = 130; // more than one turn of every mob

    private static TaktDb open(final int workers) {
        final LoopConfig loop = LoopConfig.atRate(LoopConfig.MAX_RATE).withWorkers(workers);
        return TaktDb.open(TaktConfig.inMemory(new DemoWorld()).withLoop(loop));
    }

    /** All bytes of all mobs after so many ticks. */
    private static byte[] mobsAfter(final int ticks, final int workers) throws Exception {
        final CompletableFuture<byte[]> mobs = new CompletableFuture<>();
        try (TaktDb db = open(workers)) {
            db.onCommit(() -> {
                try (Lease lease = db.lease()) {
                    if (lease.state().tick() == ticks) {
                        mobs.complete(bytes(lease.state().table("mob")));
                    }
                }
            });
            return mobs.get(1, TimeUnit.MINUTES);
        }
    }

    private static byte[] bytes(final TableState table) {
        final UnsafeBuffer all = new UnsafeBuffer(
                new byte[(int) table.rowCount() * table.layout().rowBytes()]);
        final RowReader row = table.reader();
        int at = 0;
        for (long i = 0; i < table.rowCount(); i++) {
            row.seekRow(i);
            all.putLong(at, row.id());
            at += Long.BYTES;
            for (int field = 0; field < table.schema().fields().size(); field++) {
                all.putBytes(at, row.buffer(field), 0, row.length(field));
                at += row.length(field);
            }
        }
        return all.byteArray();
    }

    @Test
    void shouldBeTheSameWorldWhateverTheNumberOfWorkers() throws Exception {
        final byte[] alone = mobsAfter(TICKS, 1);

        assertTrue(Arrays.equals(alone, mobsAfter(TICKS, 1)), "a second run differs");
        assertTrue(Arrays.equals(alone, mobsAfter(TICKS, 3)), "a run with three workers differs");
        assertTrue(!Arrays.equals(alone, mobsAfter(TICKS + 1, 1)), "nothing moves");
        assertEquals(0, Guard.liveBytes());
    }

    @Test
    void shouldKeepEveryMobInTheWorldAndAtItsSpeed() throws Exception {
        try (TaktDb db = open(2)) {
            final long last = db.status().tick() + TICKS;
            final CompletableFuture<Boolean> later = new CompletableFuture<>();
            db.onCommit(() -> {
                if (db.status().tick() >= last) {
                    later.complete(true);
                }
            });
            assertTrue(later.get(1, TimeUnit.MINUTES));
            try (Lease lease = db.lease()) {
                final TableState mobs = lease.state().table("mob");
                final RowReader row = mobs.reader();
                for (long i = 0; i < mobs.rowCount(); i++) {
                    row.seekRow(i);
                    final float x = row.getFloat(0);
                    final float z = row.getFloat(2);
                    final String where = "id=" + row.id() + ", x=" + x + ", z=" + z;
                    assertTrue(Math.abs(x) <= Mobs.HALF_WORLD && Math.abs(z) <= Mobs.HALF_WORLD, where);
                    final double speed = Math.hypot(row.getFloat(3), row.getFloat(4));
                    assertEquals(row.getFloat(5), speed, 1e-3, where);
                }
            }
        }
    }

    @Test
    void shouldKnowEveryCategoryOfTheData() throws Exception {
        try (TaktDb db = open(1);
                Lease lease = db.lease()) {
            final EnumType categories = (EnumType)
                    lease.state().schema().table("mob").field("category").type();
            final List<String> inData = DemoWorld.entityTypes().stream()
                    .map(type -> new Kind(0, "", 0, 0, "", type.category()).categoryName())
                    .distinct()
                    .sorted()
                    .toList();
            assertEquals(inData, categories.names());
            assertEquals(149, lease.state().table("entity_type").rowCount());
        }
    }

    @Test
    void shouldRefuseWhatIsNoPlace() {
        assertThrows(RuntimeException.class, () -> Mobs.requireInside("x", Float.NaN));
        assertThrows(RuntimeException.class, () -> Mobs.requireInside("x", 512.5f));
        Mobs.requireInside("x", -512);
    }
}
