package io.taktdb.core.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.Guard;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.TableAudit;
import io.taktdb.core.table.TablePreparation;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.RenameTable;
import io.taktdb.types.schema.SchemaChange.WidenField;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of a large table's schema that are made over many steps, beside writes of all kinds. */
@ExtendWith(OffHeapLeakCheck.class)
class SchemaPreparationTest {
    private static final int ROWS = (int) TablePreparation.MIN_ROWS + 700;
    private static final List<SchemaChange> CHANGES = List.of(
            new AddField("t", FieldSpec.of("level", "u16").withDefault("7")),
            new AddField("t", FieldSpec.of("rank", "i8").asOptional().withDefault("-3")),
            new AddField("t", FieldSpec.of("word", "string").withDefault("\"short\"")),
            new WidenField("t", "small", "i64"),
            new DropField("t", "gone"),
            new CreateIndex("t", IndexSpec.ordered("by_text", "text", "maybe")),
            new CreateIndex("t", IndexSpec.unique("by_key", "key")),
            new CreateIndex("t", IndexSpec.ordered("by_level", "level")));

    private static WorldFixture world(final GroupLayout layout) {
        final WorldFixture world = WorldFixture.of(new CreateTable(
                "t",
                List.of(
                        FieldSpec.of("small", "i16"),
                        FieldSpec.of("maybe", "u8").asOptional(),
                        FieldSpec.of("gone", "f64").withDefault("1"),
                        FieldSpec.of("key", "u64"),
                        FieldSpec.of("text", "string").inGroup("cold")),
                Map.of("main", layout, "cold", layout),
                1_000_000));
        for (int i = 0; i < ROWS; i++) {
            world.insert(
                    "t",
                    "small",
                    i % 30_000,
                    "maybe",
                    i % 3 == 0 ? null : i % 200,
                    "gone",
                    i,
                    "key",
                    i,
                    "text",
                    "text in the heap " + i % 1000);
            if (i % 1000 == 0) {
                world.database().settle();
            }
        }
        world.commit();
        return world;
    }

    /** The same writes in both worlds, some of them taken back. */
    private static void write(final Random random, final long round, final WorldFixture... worlds) {
        final long seed = random.nextLong();
        for (final WorldFixture world : worlds) {
            final Random same = new Random(seed);
            final int mark = world.database().mark();
            for (int i = 0; i < 6; i++) {
                final List<Long> some = List.of((long) same.nextInt(ROWS) + 1, (long) same.nextInt(ROWS) + 1);
                final long id = world.table("t").rowOf(some.get(0)) >= 0 ? some.get(0) : -1;
                final int value = same.nextInt(200);
                switch (same.nextInt(4)) {
                    case 0 ->
                        world.insert("t", "small", value, "key", 1_000_000 + round * 10 + i, "text", "new " + value);
                    case 1 -> {
                        if (id > 0) {
                            world.merge("t", id, "text", "changed into a long text " + value, "maybe", value);
                        }
                    }
                    case 2 -> {
                        if (id > 0) {
                            world.merge("t", id, "small", value, "key", 2_000_000 + round * 10 + i);
                        }
                    }
                    default -> {
                        if (id > 0) {
                            world.delete("t", id);
                        }
                    }
                }
            }
            if (same.nextInt(4) == 0) {
                world.database().rollback(mark);
            }
            world.database().settle();
        }
    }

    private static boolean step(final SchemaPreparation preparation) {
        return preparation.advance(System.nanoTime()); // the time is over at once: one step
    }

    @ParameterizedTest
    @EnumSource(GroupLayout.class)
    void shouldComeToTheSameWhenRowsChangeMeanwhile(final GroupLayout layout) {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        try (WorldFixture world = world(layout);
                WorldFixture once = world(layout)) {
            final SchemaPreparation preparation = SchemaPreparation.begin(world.database(), CHANGES);
            assertNotNull(preparation);
            int steps = 0;
            boolean ready = false;
            while (!ready) {
                ready = step(preparation);
                write(random, ++steps, world, once);
                if (steps % 5 == 0) {
                    world.commit();
                    once.commit();
                }
                assertEquals("t", world.database().schema().requireTable("t").name());
            }
            assertTrue(steps > 60, "steps=" + steps);
            try (Lease before = world.database().lease()) {
                final String content = WorldFixture.content(before.state().table("t"));
                world.database().change(CHANGES);
                preparation.end();
                once.database().change(CHANGES);
                assertEquals(once.content(), world.content(), "seed=" + seed);
                assertEquals(once.hash(), world.hash());
                world.audit();
                world.commit();
                assertEquals(content, WorldFixture.content(before.state().table("t")));
            }
            for (int round = 0; round < 50; round++) {
                write(random, 1000 + round, world);
                world.commit();
            }
            world.audit();
        }
    }

    @Test
    void shouldRefuseAndChangeNothingWhenEqualValuesComeLate() {
        try (WorldFixture world = world(GroupLayout.COLUMNS)) {
            final String schema = world.database().schema().toString();
            final SchemaPreparation preparation = SchemaPreparation.begin(world.database(), CHANGES);
            for (int i = 0; i < 40; i++) {
                assertFalse(step(preparation));
            }
            world.insert("t", "small", 1, "gone", 1, "key", ROWS - 5, "text", "the key of another");
            world.database().settle();
            final DbException error = assertThrows(DbException.class, () -> step(preparation));
            assertEquals(ErrorCode.CONFLICT, error.code());
            assertTrue(error.getMessage().contains("index=by_key"), error.getMessage());
            assertTrue(error.getMessage().contains("values=[" + (ROWS - 5) + "]"), error.getMessage());
            assertTrue(error.getMessage().contains("ids=[" + (ROWS - 4) + ", " + (ROWS + 1) + "]"), error.getMessage());
            preparation.end();
            assertEquals(schema, world.database().schema().toString());
            world.commit();
            world.audit();
            assertEquals(
                    TableAudit.frames(world.database().tables()),
                    world.database().liveFrames() - world.database().waiting(),
                    "frames that no page uses");
        }
    }

    @Test
    void shouldGoOnWhenEqualValuesWereTakenBackOrMended() {
        try (WorldFixture world = world(GroupLayout.COLUMNS)) {
            final SchemaPreparation preparation = SchemaPreparation.begin(world.database(), CHANGES);
            for (int i = 0; i < 40; i++) {
                assertFalse(step(preparation));
            }
            final int mark = world.database().mark();
            world.insert("t", "small", 1, "gone", 1, "key", ROWS - 5, "text", "taken back");
            world.database().rollback(mark);
            final long id = world.insert("t", "small", 1, "gone", 1, "key", ROWS - 5, "text", "mended");
            world.merge("t", id, "key", 5_000_000);
            world.database().settle();
            while (!step(preparation)) {
                world.commit();
            }
            world.database().change(CHANGES);
            preparation.end();
            world.audit();
        }
    }

    @Test
    void shouldGiveAllBackWhenItIsGivenUpOrTheChangeIsTakenBack() {
        try (WorldFixture world = world(GroupLayout.ROWS)) {
            final String content = world.content();
            final long frames = world.database().liveFrames();
            final SchemaPreparation first = SchemaPreparation.begin(world.database(), CHANGES);
            for (int i = 0; i < 75; i++) {
                step(first);
            }
            assertTrue(world.database().liveFrames() > frames);
            first.end();
            world.commit();
            world.commit();
            assertEquals(frames, world.database().liveFrames());
            final SchemaPreparation second = SchemaPreparation.begin(world.database(), CHANGES);
            while (!step(second)) {
                world.commit();
            }
            final int mark = world.database().mark();
            world.database().change(CHANGES);
            world.database().rollback(mark);
            second.end();
            assertEquals(content, world.content());
            world.commit();
            world.commit();
            assertEquals(frames, world.database().liveFrames());
            world.audit();
        }
    }

    @Test
    void shouldChangeAtOnceWhenTheSchemaBecameAnother() {
        try (WorldFixture world = world(GroupLayout.COLUMNS)) {
            final SchemaPreparation preparation = SchemaPreparation.begin(world.database(), CHANGES);
            for (int i = 0; i < 75; i++) {
                step(preparation);
            }
            world.database().change(new AddField("t", FieldSpec.of("other", "i32")));
            assertTrue(preparation.isOutdated());
            world.database().change(CHANGES);
            preparation.end();
            world.audit();
            assertEquals(8, world.table("t").schema().fields().size());
        }
    }

    @Test
    void shouldRefuseAndChangeNothingWhenMemoryRunsOutAtAnyStep() {
        try (WorldFixture world = world(GroupLayout.COLUMNS)) {
            final String content = world.content();
            for (final int allocations : new int[] {0, 1, 5, 40, 90}) {
                final SchemaPreparation preparation = SchemaPreparation.begin(world.database(), CHANGES);
                Guard.failAfter(allocations);
                try {
                    final DbException error = assertThrows(DbException.class, () -> {
                        while (!step(preparation)) {
                            world.database().settle();
                        }
                    });
                    assertEquals(ErrorCode.OUT_OF_MEMORY, error.code());
                } finally {
                    Guard.failAfter(Long.MAX_VALUE);
                }
                preparation.end();
                world.commit();
                assertEquals(content, world.content());
                world.audit();
            }
        }
    }

    @Test
    void shouldBeginNothingWhenItIsDoneAtOnce() {
        try (WorldFixture world = world(GroupLayout.COLUMNS)) {
            assertNull(SchemaPreparation.begin(world.database(), List.of(new RenameTable("t", "u"))));
            assertNull(SchemaPreparation.begin(world.database(), List.of(CreateTable.of("v"))));
            final SchemaChange text = new WidenField("t", "small", "string");
            assertNull(SchemaPreparation.begin(world.database(), List.of(text)), "each value needs memory of its own");
        }
    }
}
