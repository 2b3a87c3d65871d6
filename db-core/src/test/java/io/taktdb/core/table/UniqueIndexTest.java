package io.taktdb.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.taktdb.core.transaction.WorldFixture;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropIndex;
import io.taktdb.types.schema.SchemaChange.WidenField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Unique indexes: what they refuse, and that a refusal changes nothing. */
final class UniqueIndexTest {
    private static WorldFixture players() {
        return WorldFixture.of(
                CreateTable.of(
                        "player",
                        FieldSpec.of("name", "string").asOptional().asUnique(),
                        FieldSpec.of("x", "i32").withDefault("0"),
                        FieldSpec.of("y", "f64").withDefault("0")),
                new CreateIndex("player", IndexSpec.unique("place", "x", "y")));
    }

    private static String copies(final String text, final int times) {
        return text.repeat(times);
    }

    @Test
    void shouldNameTableIndexFieldsValuesAndRecordWhenValuesExist() {
        try (WorldFixture world = players()) {
            final long ann = world.insert("player", "name", "ann", "x", 1);
            final DbException error = world.refused(
                    ErrorCode.CONFLICT,
                    () -> world.insert("player", "name", "ann", "x", 2),
                    "table=player",
                    "index=name_unique",
                    "fields=[name]",
                    "values=[\"ann\"]",
                    "existing id=" + ann);

            assertEquals("name_unique", error.attributes().get("index"));
            assertEquals(Long.toString(ann), error.attributes().get("existing"));
            assertEquals(List.of("\"ann\""), error.attributes().get("values"));
        }
    }

    @Test
    void shouldRefuseEveryWayOfWritingEqualValues() {
        try (WorldFixture world = players()) {
            world.insert("player", "name", "ann", "x", 1, "y", 1.5);
            final long bob = world.insert("player", "name", "bob", "x", 2);
            world.refused(ErrorCode.CONFLICT, () -> world.merge("player", bob, "name", "ann"), "name_unique");
            world.refused(ErrorCode.CONFLICT, () -> world.merge("player", bob, "x", 1, "y", 1.5), "[1, 1.5]");
            world.refused(
                    ErrorCode.CONFLICT,
                    () -> world.table("player").writes().replace(bob, world.row("player", "name", "ann")));
            world.refused(ErrorCode.CONFLICT, () -> world.insertAt("player", 77, "name", "ann", "x", 9));
            world.refused(
                    ErrorCode.CONFLICT,
                    () -> world.table("player").editor().require(bob).setString(0, "ann"));
            world.merge("player", bob, "x", 1);
            world.refused(
                    ErrorCode.CONFLICT,
                    () -> world.table("player").editor().require(bob).setDouble(2, 1.5));
            world.insert("player", "name", "cid", "x", 3);
            world.refused(
                    ErrorCode.CONFLICT, () -> world.table("player").writes().replace(bob, world.row("player", "x", 3)));
            assertEquals(List.of(1L, 2L, 3L), world.ids("player"));
        }
    }

    @Test
    void shouldNeverCollideWhenAValueIsNull() {
        try (WorldFixture world = players()) {
            world.insert("player", "x", 1);
            world.insert("player", "x", 2);
            final long named = world.insert("player", "name", "ann", "x", 3);
            world.table("player").editor().require(named).setNull(0);
            world.insert("player", "name", "ann", "x", 4);
            world.refused(ErrorCode.CONFLICT, () -> world.merge("player", named, "name", "ann"));
        }
    }

    @Test
    void shouldBeFreeAgainWhenTheRecordIsGoneOrChanged() {
        try (WorldFixture world = players()) {
            final long ann = world.insert("player", "name", "ann", "x", 1);
            world.delete("player", ann);
            final long next = world.insert("player", "name", "ann", "x", 1);
            world.merge("player", next, "name", "bob", "x", 2);
            world.insert("player", "name", "ann", "x", 1);
            world.table("player").writes().clear();
            world.insert("player", "name", "bob", "x", 2);
        }
    }

    @Test
    void shouldCompareWholeTextsWhenTheirStartsAreEqual() {
        try (WorldFixture world = players()) {
            final String start = copies("ä", 200);
            final long one = world.insert("player", "name", start + "1", "x", 1);
            world.insert("player", "name", start + "2", "x", 2);
            world.insert("player", "name", start.substring(0, 128), "x", 3);
            world.refused(ErrorCode.CONFLICT, () -> world.insert("player", "name", start + "2", "x", 4));
            world.merge("player", one, "name", start + "3");
            world.refused(ErrorCode.CONFLICT, () -> world.merge("player", one, "name", start + "2"));
            world.insert("player", "name", start + "1", "x", 4);
        }
    }

    @Test
    void shouldTakeZerosForEqualAndNotANumberForEqual() {
        try (WorldFixture world = players()) {
            world.insert("player", "y", 0.0);
            world.refused(ErrorCode.CONFLICT, () -> world.insert("player", "y", -0.0));
            world.insert("player", "y", Double.NaN);
            world.refused(ErrorCode.CONFLICT, () -> world.insert("player", "y", Double.NaN));
        }
    }

    @Test
    void shouldNameTheFirstTenWhenAnIndexWouldHoldEqualValues() {
        try (WorldFixture world = WorldFixture.of(CreateTable.of("t", FieldSpec.of("a", "i32")))) {
            for (int i = 0; i < 40; i++) {
                world.insert("t", "a", i < 5 ? i : i % 7);
            }
            world.refused(
                    ErrorCode.CONFLICT,
                    () -> world.database().change(new CreateIndex("t", IndexSpec.unique("u", "a"))),
                    "table=t",
                    "index=u",
                    "first ids=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]");
            assertEquals(List.of(), world.database().schema().requireTable("t").indexes());
            world.refused(
                    ErrorCode.CONFLICT,
                    () -> world.database()
                            .change(new AddField("t", FieldSpec.of("b", "i8").asUnique())),
                    "index=b_unique");
            world.database()
                    .change(new AddField(
                            "t", FieldSpec.of("c", "i8").asOptional().asUnique()));
        }
    }

    @Test
    void shouldBeBuiltAgainWhenAFieldWidens() {
        try (WorldFixture world = players()) {
            world.insert("player", "name", "ann", "x", -1);
            world.insert("player", "name", "bob", "x", 1);
            world.commit();
            world.database().change(new WidenField("player", "x", "i64"));
            world.audit();
            world.refused(ErrorCode.CONFLICT, () -> world.insert("player", "x", -1), "index=place");
            world.database().change(new WidenField("player", "x", "string"));
            world.refused(ErrorCode.CONFLICT, () -> world.insert("player", "x", "-1"), "index=place");
        }
    }

    @Test
    void shouldBeAsBeforeWhenSchemaChangesAreTakenBack() {
        try (WorldFixture world = players()) {
            world.insert("player", "name", "ann");
            world.commit();
            final int mark = world.database().mark();
            world.database().change(new DropIndex("player", "place"));
            world.database().change(new CreateIndex("player", IndexSpec.unique("only_y", "y")));
            world.database().change(new WidenField("player", "x", "i64"));
            world.insert("player", "name", "bob", "y", 1);
            world.database().rollback(mark);
            world.audit();
            world.refused(ErrorCode.CONFLICT, () -> world.insert("player", "name", "bob"), "index=place");
            world.insert("player", "name", "bob", "x", 1, "y", 0);
        }
    }

    @Property(tries = 40)
    void shouldRefuseExactlyWhatTheModelRefuses(@ForAll final long seed) {
        final Random random = new Random(seed);
        try (WorldFixture world = players()) {
            Map<Long, String[]> model = new HashMap<>();
            int mark = world.database().mark();
            Map<Long, String[]> marked = new HashMap<>(model);
            for (int step = 0; step < 400; step++) {
                final Long id =
                        model.isEmpty() ? null : List.copyOf(model.keySet()).get(random.nextInt(model.size()));
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> insert(world, model, random);
                    case 3, 4 -> change(world, model, id, random);
                    case 5 -> {
                        if (model.remove(id) != null) {
                            world.delete("player", id);
                        }
                    }
                    case 6 -> {
                        world.database().rollback(mark);
                        model = new HashMap<>(marked);
                    }
                    default -> {
                        world.commit();
                        mark = world.database().mark();
                        marked = new HashMap<>(model);
                    }
                }
            }
            assertEquals(model.size(), world.ids("player").size());
        }
    }

    private static String[] randomRow(final Random random) {
        final String name = random.nextInt(3) == 0 ? null : "n".repeat(250 + random.nextInt(30));
        return new String[] {name, String.valueOf(random.nextInt(6)), String.valueOf(random.nextInt(6))};
    }

    private static Object[] values(final String... row) {
        return new Object[] {"name", row[0], "x", Integer.valueOf(row[1]), "y", Integer.valueOf(row[2])};
    }

    private static boolean collides(final Map<Long, String[]> model, final Long own, final String... row) {
        return model.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(own))
                .map(Map.Entry::getValue)
                .anyMatch(other -> row[0] != null && row[0].equals(other[0])
                        || row[1].equals(other[1]) && row[2].equals(other[2]));
    }

    private static void insert(final WorldFixture world, final Map<Long, String[]> model, final Random random) {
        final String[] row = randomRow(random);
        if (collides(model, null, row)) {
            assertThrows(DbException.class, () -> world.insert("player", values(row)));
        } else {
            model.put(world.insert("player", values(row)), row);
        }
    }

    private static void change(
            final WorldFixture world, final Map<Long, String[]> model, final Long id, final Random random) {
        if (id == null) {
            return;
        }
        final String[] row = randomRow(random);
        if (collides(model, id, row)) {
            assertThrows(DbException.class, () -> world.merge("player", id, values(row)));
        } else {
            world.merge("player", id, values(row));
            model.put(id, row);
        }
    }
}
