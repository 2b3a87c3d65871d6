package io.taktdb.types.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.Errors;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.CreateComposite;
import io.taktdb.types.schema.SchemaChange.CreateEnum;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropTable;
import io.taktdb.types.schema.SchemaChange.DropType;
import io.taktdb.types.schema.SchemaChange.RenameTable;
import io.taktdb.types.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaEvolutionTest {
    private static final CreateComposite VEC3 = new CreateComposite(
            "Vec3", List.of(FieldSpec.of("x", "f32"), FieldSpec.of("y", "f32"), FieldSpec.of("z", "f32")));
    private static final Schema WORLD = SchemaEvolution.applyAll(
            Schema.EMPTY,
            List.of(
                    VEC3,
                    new CreateEnum("Color", List.of("red", "green")),
                    CreateTable.of("player", FieldSpec.of("hp", "i32"), FieldSpec.of("pos", "Vec3"))));

    private static DbException refused(final ErrorCode code, final SchemaChange change, final String... parts) {
        final Schema before = WORLD;
        final DbException error = Errors.expect(code, () -> SchemaEvolution.apply(before, change), parts);
        assertEquals(3, WORLD.version());
        return error;
    }

    @Test
    @Tag("ts_1:test_table_new_with_name_and_fields")
    @Tag("ts_1:test_fields_ordering_preserved")
    void shouldHaveFieldsInOrderWhenATableIsMade() {
        final TableSchema player = WORLD.requireTable("player");

        assertEquals(
                List.of("hp", "pos"),
                player.fields().stream().map(f -> f.name()).toList());
        assertEquals(List.of(1, 2), player.fields().stream().map(f -> f.id()).toList());
        assertEquals(3, player.nextFieldId());
        assertEquals(1, player.id());
        assertEquals(2, WORLD.nextTableId());
        assertEquals(3, WORLD.version());
    }

    @Test
    void shouldKeepGroupsAndLimitWhenATableIsMade() {
        final Schema next = SchemaEvolution.apply(
                WORLD,
                new CreateTable(
                        "unit",
                        List.of(FieldSpec.of("a", "i8"), FieldSpec.of("b", "i8").inGroup("cold")),
                        Map.of("cold", GroupLayout.ROWS),
                        9));
        final TableSchema unit = next.requireTable("unit");

        assertEquals(GroupLayout.ROWS, unit.layoutOf("cold"));
        assertEquals(GroupLayout.COLUMNS, unit.layoutOf("main"));
        assertEquals("cold", unit.requireField("b").group());
        assertEquals(9, unit.maxRows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"player", "PLAYER", "Player"})
    void shouldConflictWhenATableNameDiffersOnlyInCase(final String name) {
        refused(ErrorCode.ALREADY_EXISTS, CreateTable.of(name), "existing=player");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1a", "a-b", "a b", "é", "a.b"})
    @Tag("ts_1:test_table_name_non_empty")
    @Tag("ts_1:test_table_name_whitespace_only")
    @Tag("ts_1:test_table_name_valid_characters")
    void shouldRefuseANameWhenItIsNotValid(final String name) {
        refused(ErrorCode.INVALID_NAME, CreateTable.of(name), "not a valid table name");
        refused(ErrorCode.INVALID_NAME, CreateTable.of("t", FieldSpec.of(name, "i32")), "not a valid field name");
        refused(ErrorCode.INVALID_NAME, new RenameTable("player", name));
        refused(ErrorCode.INVALID_NAME, new CreateEnum(name, List.of("a")));
        refused(ErrorCode.INVALID_NAME, new CreateEnum("E", List.of("a", name)));
        refused(ErrorCode.INVALID_NAME, new CreateComposite(name, VEC3.members()));
        refused(ErrorCode.INVALID_NAME, new CreateComposite("C", List.of(FieldSpec.of(name, "i8"))));
        refused(
                ErrorCode.INVALID_NAME,
                CreateTable.of("t", FieldSpec.of("a", "i8").inGroup(name)));
    }

    @Test
    @Tag("ts_1:test_table_with_max_field_name_length")
    @Tag("ts_4:test_add_field_name_too_long")
    void shouldTakeNamesOf255LettersAndNoMore() {
        final String longest = "n".repeat(255);
        final Schema next = SchemaEvolution.apply(WORLD, CreateTable.of(longest, FieldSpec.of(longest, "i8")));

        assertEquals(longest, next.requireTable(longest).fields().get(0).name());
        refused(ErrorCode.INVALID_NAME, CreateTable.of(longest + "n"));
        refused(ErrorCode.INVALID_NAME, CreateTable.of("t", FieldSpec.of(longest + "n", "i8")));
    }

    @Test
    @Tag("ts_1:test_fields_unique_names")
    void shouldConflictWhenTwoFieldsHaveOneName() {
        refused(
                ErrorCode.ALREADY_EXISTS,
                CreateTable.of("t", FieldSpec.of("a", "i8"), FieldSpec.of("A", "i8")),
                "table=t, field=A, existing=a");
        refused(ErrorCode.INVALID_NAME, CreateTable.of("t", FieldSpec.of("ID", "u64")), "cannot be called id");
    }

    @Test
    @Tag("ts_1:test_large_number_of_fields")
    void shouldTakeTenThousandFieldsAndNoMore() {
        final List<FieldSpec> fields = IntStream.range(0, 10_001)
                .mapToObj(i -> FieldSpec.of("f" + i, "i8"))
                .toList();
        final Schema next = SchemaEvolution.apply(
                WORLD, new CreateTable("wide", fields.subList(0, 10_000), Map.of(), TableSchema.UNLIMITED_ROWS));

        assertEquals(10_000, next.requireTable("wide").fields().size());
        refused(
                ErrorCode.LIMIT_EXCEEDED,
                new CreateTable("wide", fields, Map.of(), TableSchema.UNLIMITED_ROWS),
                "limit=10000");
    }

    @Test
    void shouldGiveFreshIdsWhenANameComesBack() {
        final Schema without = SchemaEvolution.apply(WORLD, new DropTable("player"));
        final Schema again = SchemaEvolution.apply(without, CreateTable.of("player"));

        assertNull(without.table("player"));
        assertEquals(2, again.requireTable("player").id());
        assertNull(again.tableById(1));
        assertEquals(5, again.version());
    }

    @Test
    void shouldKeepIdAndPlaceWhenATableIsRenamed() {
        final Schema two = SchemaEvolution.apply(WORLD, CreateTable.of("zone"));
        final Schema renamed = SchemaEvolution.apply(two, new RenameTable("player", "PLAYER"));

        assertEquals(List.of("PLAYER", "zone"), List.copyOf(renamed.tables().keySet()));
        assertEquals(1, renamed.requireTable("PLAYER").id());
        Errors.expect(
                ErrorCode.ALREADY_EXISTS, () -> SchemaEvolution.apply(two, new RenameTable("player", "Zone")), "zone");
        refused(ErrorCode.TABLE_NOT_FOUND, new RenameTable("playr", "x"), "did you mean player?");
        refused(ErrorCode.TABLE_NOT_FOUND, new DropTable("playr"), "did you mean player?");
    }

    @Test
    @Tag("ct_2:test_duplicate_name_error")
    void shouldConflictWhenATypeNameIsTaken() {
        refused(ErrorCode.ALREADY_EXISTS, new CreateEnum("vec3", List.of("a")), "existing=Vec3");
        refused(ErrorCode.ALREADY_EXISTS, new CreateComposite("COLOR", VEC3.members()), "existing=Color");
        refused(ErrorCode.ALREADY_EXISTS, new CreateEnum("I32", List.of("a")), "existing=i32");
        refused(ErrorCode.ALREADY_EXISTS, new CreateEnum("Json", List.of("a")), "existing=json");
        refused(ErrorCode.ALREADY_EXISTS, new CreateEnum("enum", List.of("a")), "existing=enum");
    }

    @Test
    @Tag("ct_2:test_component_type_not_found")
    @Tag("ct_2:test_error_includes_component_index")
    @Tag("ct_2:test_recursive_composite")
    void shouldSayWhichMemberWhenACompositeIsNotValid() {
        refused(
                ErrorCode.INVALID_SCHEMA,
                new CreateComposite("C", List.of(FieldSpec.of("a", "i8"), FieldSpec.of("b", "Vec4"))),
                "unknown type: type=Vec4; did you mean Vec3?",
                "member 1=b");
        refused(
                ErrorCode.INVALID_SCHEMA,
                new CreateComposite("Node", List.of(FieldSpec.of("next", "Node"))),
                "contains itself",
                "index=0");
        refused(ErrorCode.INVALID_SCHEMA, new CreateComposite("C", List.of()), "no members");
        refused(
                ErrorCode.INVALID_SCHEMA,
                new CreateComposite("C", List.of(FieldSpec.of("s", "string"))),
                "fixed size",
                "member=s");
        refused(
                ErrorCode.INVALID_SCHEMA,
                new CreateComposite("C", List.of(FieldSpec.of("a", "i8").asOptional())));
        refused(
                ErrorCode.INVALID_SCHEMA,
                new CreateComposite("C", List.of(FieldSpec.of("a", "i8").withDefault("1"))));
        refused(
                ErrorCode.INVALID_SCHEMA,
                new CreateComposite("C", List.of(FieldSpec.of("a", "i8"), FieldSpec.of("A", "i8"))),
                "member named twice");
    }

    @Test
    @Tag("mi_3:test_composite_type_registration")
    void shouldRefuseACompositeWhenItIsTooDeep() {
        Schema schema =
                SchemaEvolution.apply(Schema.EMPTY, new CreateComposite("C1", List.of(FieldSpec.of("a", "i8"))));
        for (int depth = 2; depth <= CompositeType.MAX_DEPTH; depth++) {
            schema = SchemaEvolution.apply(
                    schema, new CreateComposite("C" + depth, List.of(FieldSpec.of("a", "C" + (depth - 1)))));
        }
        final Schema deepest = schema;

        Errors.expect(
                ErrorCode.INVALID_SCHEMA,
                () -> SchemaEvolution.apply(deepest, new CreateComposite("C17", List.of(FieldSpec.of("a", "C16")))),
                "depth=17, limit=16");
    }

    @Test
    @Tag("ct_2:test_error_on_size_overflow")
    void shouldRefuseACompositeWhenItIsTooLarge() {
        Schema schema = SchemaEvolution.apply(
                Schema.EMPTY, new CreateComposite("Half", List.of(FieldSpec.of("a", "2048xuuid"))));
        schema = SchemaEvolution.apply(
                schema, new CreateComposite("Full", List.of(FieldSpec.of("a", "Half"), FieldSpec.of("b", "Half"))));
        final Schema full = schema;

        assertEquals(CompositeType.MAX_BYTES, full.types().get("Full").rowBytes());
        Errors.expect(
                ErrorCode.LIMIT_EXCEEDED,
                () -> SchemaEvolution.apply(
                        full, new CreateComposite("More", List.of(FieldSpec.of("a", "Full"), FieldSpec.of("b", "i8")))),
                "bytes=65537, limit=65536");
    }

    @Test
    void shouldNameTheUsersWhenATypeIsInUse() {
        final Schema used = SchemaEvolution.applyAll(
                WORLD,
                List.of(new CreateComposite("Line", List.of(FieldSpec.of("from", "Vec3"))), CreateTable.of("t")));
        final DbException error = Errors.expect(
                ErrorCode.CONFLICT,
                () -> SchemaEvolution.apply(used, new DropType("Vec3")),
                "users=player.pos, Line.from");

        assertEquals(List.of("player.pos", "Line.from"), error.attributes().get("users"));
        assertTrue(SchemaEvolution.apply(used, new DropType("Line")).types().containsKey("Vec3"));
        assertFalse(SchemaEvolution.apply(used, new DropType("Color")).types().containsKey("Color"));
        refused(ErrorCode.TYPE_NOT_FOUND, new DropType("Vec4"), "did you mean Vec3?");
    }

    @Test
    void shouldNotBeInUseWhenAnEqualTypeStandsInPlace() {
        final Schema next = SchemaEvolution.applyAll(
                Schema.EMPTY,
                List.of(
                        new CreateEnum("Color", List.of("red", "green")),
                        CreateTable.of("t", FieldSpec.of("c", "enum(red,green)"))));

        assertTrue(SchemaEvolution.apply(next, new DropType("Color")).types().isEmpty());
        assertEquals(
                ScalarType.BOOL.rowBytes(),
                next.requireTable("t").requireField("c").type().rowBytes());
    }
}
