package io.taktdb.types.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.Errors;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexKind;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.DropIndex;
import io.taktdb.types.schema.SchemaChange.RenameField;
import io.taktdb.types.schema.SchemaChange.RenameTable;
import io.taktdb.types.schema.SchemaChange.WidenField;
import io.taktdb.types.schema.TableSchema;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What indexes may be, and what they stand in the way of. */
final class IndexEvolutionTest {
    private static final Schema WORLD = SchemaEvolution.applyAll(
            Schema.EMPTY,
            List.of(
                    CreateTable.of("player", FieldSpec.of("name", "string").asUnique()),
                    CreateTable.of(
                            "mob",
                            FieldSpec.of("level", "i32"),
                            FieldSpec.of("owner", "u64").asOptional(),
                            FieldSpec.of("kind", "string"),
                            FieldSpec.of("extra", "json"),
                            FieldSpec.of("wide", "65xf32"),
                            FieldSpec.of("big", "64xf32")),
                    new CreateIndex("mob", IndexSpec.ordered("by_kind", "kind", "level"))));

    private static DbException refused(final ErrorCode code, final SchemaChange change, final String... parts) {
        return Errors.expect(code, () -> SchemaEvolution.apply(WORLD, change), parts);
    }

    private static List<IndexSchema> indexes(final Schema schema, final String table) {
        return schema.requireTable(table).indexes();
    }

    @Test
    void shouldHaveAUniqueIndexWhenAFieldIsUnique() {
        final IndexSchema made = indexes(WORLD, "player").get(0);

        assertEquals(new IndexSchema("name_unique", List.of(1), IndexKind.ORDERED, true), made);
        final TableSchema player = WORLD.requireTable("player");
        assertTrue(player.isUnique(player.requireField("name")));
    }

    @Test
    void shouldHaveAUniqueIndexWhenAUniqueFieldIsAdded() {
        final Schema added = SchemaEvolution.apply(
                WORLD,
                new AddField(
                        "player", FieldSpec.of("email", "string").asOptional().asUnique()));

        assertEquals("email_unique", indexes(added, "player").get(1).name());
        assertEquals(WORLD.version() + 1, added.version());
    }

    @Test
    void shouldKeepIndexesWhenTableAndFieldsChange() {
        final Schema changed = SchemaEvolution.applyAll(
                WORLD,
                List.of(
                        new RenameTable("mob", "monster"),
                        new RenameField("monster", "kind", "sort"),
                        new WidenField("monster", "level", "i64"),
                        new AddField("monster", FieldSpec.of("hp", "i32")),
                        new DropField("monster", "extra")));

        assertEquals(indexes(WORLD, "mob"), indexes(changed, "monster"));
    }

    @Test
    void shouldHaveNoIndexWhenItWasDropped() {
        assertEquals(List.of(), indexes(SchemaEvolution.apply(WORLD, new DropIndex("mob", "by_kind")), "mob"));
        refused(ErrorCode.INDEX_NOT_FOUND, new DropIndex("mob", "by_knd"), "table=mob", "did you mean by_kind?");
        refused(ErrorCode.TABLE_NOT_FOUND, new DropIndex("mop", "by_kind"), "did you mean mob?");
    }

    @ParameterizedTest
    @CsvSource({
        "by_kind, level, ALREADY_EXISTS, existing=by_kind",
        "BY_KIND, level, ALREADY_EXISTS, existing=by_kind",
        "a-b, level, INVALID_NAME, not a valid index name",
        "a, lvl, FIELD_NOT_FOUND, field=lvl",
        "a, level level, INVALID_SCHEMA, names a field twice",
        "a, extra, INVALID_SCHEMA, type cannot be indexed",
        "a, wide, INVALID_SCHEMA, field=wide",
        "a, '', INVALID_SCHEMA, index has no fields",
    })
    void shouldSayWhyWhenAnIndexCannotBe(
            final String name, final String fields, final ErrorCode code, final String part) {
        final String[] names = fields.isEmpty() ? new String[0] : fields.split(" ");
        refused(code, new CreateIndex("mob", IndexSpec.ordered(name, names)), part);
    }

    @Test
    void shouldRefuseMoreFieldsThanAnIndexMayHave() {
        final FieldSpec[] fields =
                IntStream.range(0, 9).mapToObj(i -> FieldSpec.of("f" + i, "i8")).toArray(FieldSpec[]::new);
        final String[] names = IntStream.range(0, 9).mapToObj(i -> "f" + i).toArray(String[]::new);
        final Schema schema = SchemaEvolution.apply(WORLD, CreateTable.of("t", fields));

        Errors.expect(
                ErrorCode.LIMIT_EXCEEDED,
                () -> SchemaEvolution.apply(schema, new CreateIndex("t", IndexSpec.ordered("all", names))),
                "limit=8");
    }

    @Test
    void shouldRefuseMoreIndexesThanATableMayHave() {
        Schema schema = WORLD;
        for (int i = 1; i < IndexRules.MAX_INDEXES; i++) {
            schema = SchemaEvolution.apply(schema, new CreateIndex("mob", IndexSpec.ordered("i" + i, "level")));
        }
        final Schema full = schema;

        Errors.expect(
                ErrorCode.LIMIT_EXCEEDED,
                () -> SchemaEvolution.apply(full, new CreateIndex("mob", IndexSpec.ordered("more", "level"))),
                "table=mob",
                "limit=64");
    }

    @Test
    void shouldLeaveRoomForEveryTextWhenKeysAreLong() {
        final FieldSpec[] wide = IntStream.range(0, 5)
                .mapToObj(i -> FieldSpec.of("f" + i, i < 4 ? "62xf32" : "string"))
                .toArray(FieldSpec[]::new);
        final Schema schema = SchemaEvolution.apply(WORLD, CreateTable.of("t", wide));

        final Schema three =
                SchemaEvolution.apply(schema, new CreateIndex("t", IndexSpec.ordered("a", "f0", "f1", "f2", "f4")));
        final TableSchema table = three.requireTable("t");
        assertEquals(
                256,
                IndexRules.textBytes(IndexRules.fieldsOf(table, table.indexes().get(0))));
        Errors.expect(
                ErrorCode.LIMIT_EXCEEDED,
                () -> SchemaEvolution.apply(
                        schema, new CreateIndex("t", IndexSpec.ordered("a", "f0", "f1", "f2", "f3", "f4"))),
                "keys would be too long");
    }

    @Test
    void shouldNameTheIndexWhenItsFieldIsDropped() {
        refused(ErrorCode.CONFLICT, new DropField("mob", "kind"), "field=kind", "index=by_kind");
    }

    @Test
    void shouldNameTheIndexWhenItsFieldWouldHaveNoKeys() {
        refused(ErrorCode.CONFLICT, new WidenField("mob", "level", "json"), "index=by_kind", "field=level");
    }

    @Test
    void shouldNeedTheIndexWhileARelationStands() {
        final Schema related =
                SchemaEvolution.apply(WORLD, new CreateRelation("mob", "owner", "player", OnDelete.CASCADE));

        Errors.expect(
                ErrorCode.CONFLICT,
                () -> SchemaEvolution.apply(related, new DropIndex("mob", "owner_relation")),
                "index=owner_relation",
                "1 (mob.owner -> player)");
        final Schema other =
                SchemaEvolution.apply(related, new CreateIndex("mob", IndexSpec.ordered("o", "owner", "level")));
        assertEquals(
                2,
                indexes(SchemaEvolution.apply(other, new DropIndex("mob", "owner_relation")), "mob")
                        .size());
    }
}
