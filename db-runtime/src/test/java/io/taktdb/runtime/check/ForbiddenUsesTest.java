package io.taktdb.runtime.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is not the same each time is found in the code by name, and by a run. */
@SuppressWarnings("FutureReturnValueIgnored") // the tick after the script answers; what fails shows in the states
class ForbiddenUsesTest {
    /** What ageing reads and writes. */
    public interface CellChunk extends Chunk {
        long age(int row);

        void age(int row, long value);
    }

    /** Parameters of {@code cell.add}. */
    record Amount(int amount) {}

    /** Cells that age by what the context says. */
    static class Sound implements WorldModule {
        @Override
        public String name() {
            return "sound";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("cell", FieldSpec.of("age", "i64")));
            world.onCreate(ctx -> {
                for (int i = 0; i < 3_000; i++) {
                    ctx.table("cell").insert(ctx.table("cell").draft().set("age", i));
                }
            });
            world.system("age", "cell", CellChunk.class, (ctx, chunk) -> {
                for (int i = 0; i < chunk.rows(); i++) {
                    chunk.age(i, chunk.age(i) + (ctx.random(chunk.id(i)) & 0xFF));
                }
            });
            world.procedure("cell.add", "Adds cells.", Amount.class, Void.class, (ctx, p) -> {
                for (int i = 0; i < p.amount(); i++) {
                    ctx.table("cell")
                            .insert(ctx.table("cell")
                                    .draft()
                                    .set("age", ctx.random().nextInt(1_000)));
                }
                return null;
            });
        }
    }

    /** Looks at a clock. */
    static final class Clocked extends Sound {
        @Override
        public void register(final WorldRegistry world) {
            super.register(world);
            world.procedure("cell.time", "Looks at a clock.", Amount.class, Void.class, (ctx, p) -> {
                ctx.table("cell").edit(17).setLong(0, System.nanoTime());
                return null;
            });
        }
    }

    /** Depends on the order in which workers come. */
    static final class Racing extends Sound {
        private final AtomicLong next = new AtomicLong();

        @Override
        public void register(final WorldRegistry world) {
            super.register(world);
            world.system("race", "cell", CellChunk.class, (ctx, chunk) -> {
                if (chunk.firstRow() == 0) {
                    chunk.age(0, next.getAndAdd(System.identityHashCode(this)));
                }
            });
        }
    }

    /** Counts through a hash map whose keys have no hash of their own. */
    static final class Hashed extends Sound {
        @Override
        public void register(final WorldRegistry world) {
            super.register(world);
            world.procedure("cell.count", "Goes through a hash map.", Amount.class, Void.class, (ctx, p) -> {
                final Map<Object, Integer> numbers = new HashMap<>();
                for (int i = 0; i < 1_000; i++) {
                    numbers.put(new Object(), i);
                }
                int age = 0;
                for (final int number : numbers.values()) {
                    age = age * 31 + number;
                }
                ctx.table("cell").edit(5).setLong(0, age);
                return null;
            });
        }
    }

    @Test
    void shouldFindTheRecordWhenTheOrderOfAHashMapDecides() {
        final Difference found = new DeterminismCheck(Hashed::new)
                .workers(1)
                .ticks(5)
                .every(1)
                .script((tick, db) -> db.call("cell.count", new Amount(1)))
                .run()
                .orElseThrow();
        assertTrue(found.toString().contains("cell"), found.toString());
    }

    @Test
    void shouldFindTheRecordWhenAClockDecides() {
        final Difference found = new DeterminismCheck(Clocked::new)
                .workers(1)
                .ticks(5)
                .every(1)
                .script((tick, db) -> db.call("cell.time", new Amount(1)))
                .run()
                .orElseThrow();
        assertTrue(found.toString().contains("cell"), found.toString());
    }

    @Test
    void shouldFindNothingInASoundModule() {
        new DeterminismCheck(Sound::new)
                .workers(2, 3)
                .ticks(40)
                .every(5)
                .script((tick, db) -> db.call("cell.add", new Amount((int) tick)))
                .require();
    }

    @Test
    void shouldNameUsesInTheCode() {
        assertEquals(List.of(), ForbiddenUses.within(Sound.class));
        final List<ForbiddenUse> clocked = ForbiddenUses.within(Clocked.class);
        assertEquals(1, clocked.size(), clocked.toString());
        assertEquals("java.lang.System.nanoTime", clocked.get(0).what());
        assertTrue(clocked.get(0).toString().contains("ForbiddenUsesTest$Clocked.lambda$register"), clocked.toString());
        assertTrue(clocked.get(0).line() > 0);
        assertEquals(
                "java.lang.System.identityHashCode",
                ForbiddenUses.within(Racing.class).get(0).what());
        assertEquals(
                "java.util.HashMap.<init>",
                ForbiddenUses.within(Hashed.class).get(0).what());
    }
}
