package io.taktdb.core.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.taktdb.core.memory.Guard;
import io.taktdb.core.state.Lease;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.WidenField;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schema changes that rewrite tables: what is copied, and what is not. */
@ExtendWith(OffHeapLeakCheck.class)
class RewriteTest {
    private static WorldFixture world(final GroupLayout layout, final int rows) {
        final WorldFixture world = WorldFixture.of(new CreateTable(
                "t",
                List.of(
                        FieldSpec.of("small", "i16"),
                        FieldSpec.of("maybe", "u8").asOptional(),
                        FieldSpec.of("text", "string").inGroup("cold")),
                Map.of("main", layout, "cold", layout),
                1_000_000));
        for (int i = 0; i < rows; i++) {
            world.insert("t", "small", i - 500, "maybe", i % 3 == 0 ? null : i % 200, "text", "text in the heap " + i);
        }
        world.commit();
        return world;
    }

    private static final List<SchemaChange> CHANGES = List.of(
            new AddField("t", FieldSpec.of("level", "u16").withDefault("7")),
            new AddField("t", FieldSpec.of("rank", "i8").asOptional().withDefault("-3")),
            new AddField(
                    "t",
                    FieldSpec.of("label", "string")
                            .withDefault("\"a label for the heap\"")
                            .inGroup("cold")),
            new AddField("t", FieldSpec.of("zero", "f64").inGroup("third")),
            new WidenField("t", "small", "i32"),
            new WidenField("t", "maybe", "i64"),
            new WidenField("t", "level", "u32"),
            new WidenField("t", "rank", "f32"),
            new DropField("t", "text"));

    @ParameterizedTest
    @EnumSource
    void shouldKeepEveryValueThroughEveryChange(final GroupLayout layout) {
        final int rows = 2_500;
        try (WorldFixture world = world(layout, rows);
                Lease before = world.database().lease()) {
            final String content = WorldFixture.content(before.state().table("t"));
            final StringBuilder expected = new StringBuilder("t");
            for (int i = 0; i < rows; i++) {
                final String maybe = i % 3 == 0 ? "null" : String.valueOf(i % 200);
                expected.append(' ')
                        .append(i + 1)
                        .append('{')
                        .append(i - 500)
                        .append(',')
                        .append(maybe);
                expected.append(",7,-3.0,a label for the heap,0.0,}");
            }
            for (final SchemaChange change : CHANGES) {
                world.database().change(change);
                world.commit();
            }
            assertEquals(expected.toString(), WorldFixture.content(world.table("t")));
            assertEquals(content, WorldFixture.content(before.state().table("t")), "the leased state is as it was");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 1_024, 1_025})
    @Tag("rs_4:test_delete_field_performance_large_schema")
    void shouldCopyNoPageOfAGroupInWhichNothingChanges(final int rows) {
        try (WorldFixture world = world(GroupLayout.COLUMNS, rows)) {
            world.insert("t", "small", 1, "text", "the last one");
            final long main = world.table("t").group(0).address(0);
            final long cold = world.table("t").group(1).address(0);
            world.database()
                    .change(new AddField("t", FieldSpec.of("more", "i32").inGroup("cold")));
            assertEquals(main, world.table("t").group(0).address(0));
            assertNotEquals(cold, world.table("t").group(1).address(0));
            world.table("t").writes().clear();
            world.commit();
            world.database().change(new AddField("t", FieldSpec.of("new", "i32").inGroup("other")));
            final String empty = world.content();
            final int mark = world.database().mark();
            world.insert("t", "small", 2, "text", "after all rows were gone", "more", 3, "new", 4);
            world.database().rollback(mark);
            assertEquals(empty, world.content());
            world.insert("t", "small", 2, "text", "after all rows were gone", "more", 3, "new", 4);
            world.audit();
        }
    }

    @Test
    void shouldLeaveEverythingAsItWasWhenMemoryEndsAtAnyPageOfARewrite() {
        try (WorldFixture world = world(GroupLayout.COLUMNS, 2_100)) {
            final AddField add = new AddField("t", FieldSpec.of("level", "u16").withDefault("7"));
            int allocations = 0;
            boolean done = false;
            while (!done) {
                final String before = world.content();
                Guard.failAfter(allocations++);
                try {
                    world.database().change(add);
                    done = true;
                } catch (final DbException e) {
                    assertEquals(ErrorCode.OUT_OF_MEMORY, e.code());
                    assertEquals(before, world.content());
                } finally {
                    Guard.failAfter(Long.MAX_VALUE);
                }
                world.audit();
            }
            assertNotEquals(1, allocations, "the change allocates");
            world.commit();
        }
    }
}
