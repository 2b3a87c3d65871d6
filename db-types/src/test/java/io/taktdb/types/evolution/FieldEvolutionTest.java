package io.taktdb.types.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.Errors;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.RenameField;
import io.taktdb.types.schema.SchemaChange.WidenField;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VariableType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldEvolutionTest {
    private static final Schema WORLD = SchemaEvolution.apply(
            Schema.EMPTY,
            CreateTable.of("t", FieldSpec.of("a", "i8"), FieldSpec.of("b", "i64"), FieldSpec.of("c", "string")));

    private static TableSchema after(final SchemaChange... changes) {
        return SchemaEvolution.applyAll(WORLD, List.of(changes)).requireTable("t");
    }

    private static List<String> names(final TableSchema table) {
        return table.fields().stream().map(Field::name).toList();
    }

    private static DbException refused(final ErrorCode code, final SchemaChange change, final String... parts) {
        return Errors.expect(code, () -> SchemaEvolution.apply(WORLD, change), parts);
    }

    @Test
    @Tag("ts_1:test_add_field")
    @Tag("ts_4:test_add_field_to_existing_table")
    void shouldStandAtTheEndWhenAFieldIsAdded() {
        final TableSchema table =
                after(new AddField("t", FieldSpec.of("d", "f32").withDefault("1.5")));

        assertEquals(List.of("a", "b", "c", "d"), names(table));
        assertEquals(4, table.requireField("d").id());
        assertEquals("1.5", table.requireField("d").defaultJson());
        assertEquals(5, table.nextFieldId());
    }

    @Test
    @Tag("ts_4:test_add_field_to_empty_table")
    void shouldBeTheOnlyFieldWhenTheTableHadNone() {
        final Schema empty = SchemaEvolution.apply(WORLD, CreateTable.of("empty"));
        final TableSchema table = SchemaEvolution.apply(empty, new AddField("empty", FieldSpec.of("a", "i8")))
                .requireTable("empty");

        assertEquals(List.of("a"), names(table));
        assertEquals(FieldEvolution.FIRST_ID, table.requireField("a").id());
    }

    @Test
    void shouldBeAllowedWhenARequiredFieldWithoutDefaultIsAdded() {
        assertTrue(after(new AddField("t", FieldSpec.of("d", "f32")))
                .requireField("d")
                .isRequired());
    }

    @Test
    void shouldBeNoDefaultWhenItIsNull() {
        final Field field = after(new AddField("t", FieldSpec.of("d", "json").withDefault("null")))
                .requireField("d");

        assertNull(field.defaultJson());
        assertTrue(field.isRequired());
    }

    @Test
    @Tag("ts_1:test_add_field_duplicate_name_rejected")
    @Tag("ts_4:test_add_field_duplicate_name")
    @Tag("ts_4:test_error_variants_contain_context")
    void shouldConflictWhenAFieldNameIsTaken() {
        final DbException error = refused(ErrorCode.ALREADY_EXISTS, new AddField("t", FieldSpec.of("A", "i8")));

        assertEquals(Map.of("table", "t", "field", "A"), error.attributes());
        refused(ErrorCode.ALREADY_EXISTS, new RenameField("t", "a", "B"), "existing=");
        refused(ErrorCode.INVALID_NAME, new RenameField("t", "a", "Id"), "cannot be called id");
        refused(ErrorCode.INVALID_NAME, new RenameField("t", "a", "a b"));
    }

    @ParameterizedTest
    @CsvSource({
        "UnknownType, unknown type: type=UnknownType",
        "i332, did you mean i32?",
        "'', type is missing",
        "' ', type is missing",
        "0xf32, vector length out of range",
        "4097xf32, vector length out of range",
        "3xstring, elements are scalars",
        "3x3xf32, elements are scalars",
        "enum(), not a valid enum name",
        "'enum(a,)', not a valid enum name",
        "'enum(a,a)', enum name twice",
        "list<i23>, did you mean i32?",
        "list<ref<t>>, a ref is the type of a whole field",
        "option<option<i32>>, none could not be told from a value"
    })
    @Tag("ts_4:test_add_field_invalid_type")
    @Tag("ts_4:test_custom_type_not_registered")
    @Tag("ts_2:test_invalid_type_identifier")
    void shouldSayWhyWhenATypeIsNotKnown(final String type, final String part) {
        final DbException error = Errors.expect(
                type.startsWith("enum(") && !type.contains("a,a") ? ErrorCode.INVALID_NAME : ErrorCode.INVALID_SCHEMA,
                () -> SchemaEvolution.apply(WORLD, new AddField("t", FieldSpec.of("d", type))),
                part);

        assertEquals("d", error.attributes().get("field"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "i8|128|i8 (-128 to 127)",
                "i8|\"1\"|i8",
                "u64|-1|u64",
                "string|5|string",
                "3xf32|[1,2]|array of 3",
                "enum(a,b)|\"c\"|one of a, b",
                "timestamp|\"yesterday\"|timestamp"
            })
    void shouldRefuseADefaultWhenItDoesNotFit(final String type, final String json, final String part) {
        refused(
                ErrorCode.INVALID_SCHEMA,
                new AddField("t", FieldSpec.of("d", type).withDefault(json)),
                "default does not fit its type: table=t, field=d",
                part);
    }

    @Test
    void shouldBeNotJsonWhenADefaultIsNot() {
        refused(
                ErrorCode.INVALID_JSON,
                new AddField("t", FieldSpec.of("d", "i8").withDefault("1 2")));
        refused(
                ErrorCode.INVALID_JSON,
                new AddField("t", FieldSpec.of("d", "json").withDefault("{")));
        refused(
                ErrorCode.INVALID_SCHEMA,
                new AddField("t", FieldSpec.of("d", "i8").withDefault("")),
                "came=nothing");
    }

    @Test
    @Tag("ts_1:test_remove_field_by_name")
    @Tag("ts_4:test_remove_existing_field")
    @Tag("ts_4:test_field_order_preserved_after_removal")
    @Tag("ts_4:test_remove_field_from_multi_field_table")
    void shouldKeepTheOthersWhenAFieldIsDropped() {
        final TableSchema table = after(new DropField("t", "b"));

        assertEquals(List.of("a", "c"), names(table));
        assertEquals(List.of(1, 3), table.fields().stream().map(Field::id).toList());
    }

    @Test
    @Tag("ts_4:test_add_remove_add_same_name")
    @Tag("ts_4:test_duplicate_check_ignores_removed_field")
    void shouldBeAnotherFieldWhenANameComesBack() {
        final TableSchema table = after(new DropField("t", "b"), new AddField("t", FieldSpec.of("b", "string")));

        assertEquals(VariableType.STRING, table.requireField("b").type());
        assertEquals(4, table.requireField("b").id());
    }

    @Test
    @Tag("ts_4:test_remove_last_field")
    void shouldBeEmptyWhenTheLastFieldIsDropped() {
        assertEquals(
                List.of(), names(after(new DropField("t", "b"), new DropField("t", "a"), new DropField("t", "c"))));
    }

    @Test
    @Tag("ts_4:test_remove_nonexistent_field")
    void shouldBeNotFoundWhenAFieldIsUnknown() {
        final DbException error = refused(ErrorCode.FIELD_NOT_FOUND, new DropField("t", "x"), "table=t, field=x");

        assertEquals(Map.of("table", "t", "field", "x"), error.attributes());
        refused(ErrorCode.FIELD_NOT_FOUND, new RenameField("t", "x", "y"));
        refused(ErrorCode.FIELD_NOT_FOUND, new WidenField("t", "x", "i64"));
        refused(ErrorCode.TABLE_NOT_FOUND, new AddField("u", FieldSpec.of("a", "i8")), "did you mean t?");
    }

    @Test
    void shouldKeepIdAndPlaceWhenAFieldIsRenamedOrWidened() {
        final TableSchema table = after(new RenameField("t", "a", "A"), new WidenField("t", "A", "i32"));

        assertEquals(List.of("A", "b", "c"), names(table));
        assertEquals(1, table.requireField("A").id());
        assertEquals(ScalarType.I32, table.requireField("A").type());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "i8|100|i64|100",
                "bool|true|u8|1",
                "u8|7|f32|7",
                "f32|0.1|f64|0.10000000149011612",
                "i64|9007199254740993|string|\"9007199254740993\"",
                "i64|9007199254740992|f64|9007199254740992",
                "f64|0.5|string|\"0.5\"",
                "timestamp|0|string|\"1970-01-01T00:00:00Z\"",
                "enum(a,b)|\"b\"|string|\"b\"",
                "string|\"x\"|json|\"x\"",
                "3xf32|[1,2,3.5]|json|[1,2,3.5]",
                "bytes|\"aGk=\"|json|\"aGk=\""
            })
    void shouldCarryTheDefaultOverWhenAFieldIsWidened(
            final String from, final String json, final String to, final String widened) {
        final TableSchema table =
                after(new AddField("t", FieldSpec.of("d", from).withDefault(json)), new WidenField("t", "d", to));

        assertEquals(widened, table.requireField("d").defaultJson());
    }

    @ParameterizedTest
    @CsvSource({"b, i32", "b, u64", "b, f32", "c, i64", "c, bytes", "a, u64", "a, timestamp", "a, 3xi8", "a, enum(x)"})
    void shouldConflictWhenTheNewTypeIsNotWider(final String field, final String type) {
        final DbException error = refused(ErrorCode.CONFLICT, new WidenField("t", field, type), "values would be lost");

        assertEquals(type, error.attributes().get("to"));
    }

    @Test
    void shouldConflictWhenTheDefaultIsNotExactInTheWiderType() {
        final Schema with = SchemaEvolution.apply(
                WORLD, new AddField("t", FieldSpec.of("d", "i64").withDefault("9007199254740993")));

        Errors.expect(
                ErrorCode.CONFLICT,
                () -> SchemaEvolution.apply(with, new WidenField("t", "d", "f64")),
                "the default 9007199254740993 is not exact");
    }

    @Test
    @Tag("rs_3:test_add_field_maximum_fields")
    void shouldRefuseAFieldWhenTheTableIsFull() {
        final List<FieldSpec> fields = IntStream.range(0, TableSchema.MAX_FIELDS)
                .mapToObj(i -> FieldSpec.of("f" + i, "i8"))
                .toList();
        final Schema full =
                SchemaEvolution.apply(Schema.EMPTY, new CreateTable("t", fields, Map.of(), TableSchema.UNLIMITED_ROWS));

        Errors.expect(
                ErrorCode.LIMIT_EXCEEDED,
                () -> SchemaEvolution.apply(full, new AddField("t", FieldSpec.of("more", "i8"))),
                "table=t, limit=10000");
    }
}
