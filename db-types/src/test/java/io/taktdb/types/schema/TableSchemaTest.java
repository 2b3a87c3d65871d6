package io.taktdb.types.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.Errors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TableSchemaTest {
    private static final Field HP = new Field(1, "hp", ScalarType.I32, false, "100", Field.DEFAULT_GROUP);
    private static final Field NAME = new Field(2, "name", VariableType.STRING, true, null, Field.DEFAULT_GROUP);

    private static TableSchema table(final int id, final String name, final Field... fields) {
        return new TableSchema(id, name, List.of(fields), Map.of(), TableSchema.UNLIMITED_ROWS, 9);
    }

    @Test
    @Tag("ts_1:test_table_works_with_field_struct")
    @Tag("ts_2:test_field_creation")
    @Tag("ts_2:test_field_accessors")
    void shouldFindFieldsWhenAskedByName() {
        final TableSchema player = table(1, "player", HP, NAME);

        assertSame(HP, player.field("hp"));
        assertEquals(1, player.indexOf("name"));
        assertEquals(-1, player.indexOf("Name"));
        assertNull(player.field("x"));
        assertFalse(HP.isRequired());
        assertFalse(NAME.isRequired());
        assertTrue(new Field(1, "a", ScalarType.I8, false, null, "main").isRequired());
        Errors.expect(ErrorCode.FIELD_NOT_FOUND, () -> player.requireField("nmae"), "did you mean name?");
    }

    @Test
    @Tag("ts_1:test_table_can_be_used_in_catalog")
    @Tag("ts_1:test_table_implements_debug_clone_partialeq")
    @Tag("ts_2:test_derived_traits")
    void shouldBeAValueWhenComparedAndPrinted() {
        final TableSchema player = table(1, "player", HP, NAME);
        final Map<String, TableSchema> catalog = new HashMap<>(Map.of("player", player));

        assertEquals(table(1, "player", HP, NAME), catalog.get("player"));
        assertEquals(table(1, "player", HP, NAME).hashCode(), player.hashCode());
        assertNotEquals(table(2, "player", HP, NAME), player);
        assertNotEquals(table(1, "player", NAME, HP), player);
        assertTrue(player.toString().contains("player") && player.toString().contains("hp"), player::toString);
    }

    @Test
    void shouldNotChangeWhenTheListsItWasMadeOfDo() {
        final List<Field> fields = new ArrayList<>(List.of(HP));
        final Map<String, GroupLayout> groups = new HashMap<>(Map.of("g", GroupLayout.ROWS));
        final TableSchema made = new TableSchema(1, "t", fields, groups, 5, 9);
        fields.add(NAME);
        groups.clear();

        assertEquals(1, made.fields().size());
        assertEquals(GroupLayout.ROWS, made.layoutOf("g"));
        assertThrows(UnsupportedOperationException.class, () -> made.fields().add(NAME));
        assertThrows(UnsupportedOperationException.class, () -> made.groups().clear());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, TableSchema.UNLIMITED_ROWS + 1})
    void shouldRefuseARowLimitWhenItIsOutOfRange(final long maxRows) {
        Errors.expect(
                ErrorCode.INVALID_SCHEMA,
                () -> new TableSchema(1, "t", List.of(), Map.of(), maxRows, 1),
                "table=t, maxRows=" + maxRows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "9a", "a-b", "a.b", "naïve", "a\u0000", "Ａ"})
    @Tag("ts_1:test_fields_empty_name")
    @Tag("ts_2:test_edge_empty_name")
    void shouldRefuseANameWhenItHasOtherLetters(final String name) {
        Errors.expect(ErrorCode.INVALID_NAME, () -> table(1, name));
        Errors.expect(
                ErrorCode.INVALID_NAME, () -> table(1, "t", new Field(1, name, ScalarType.I8, true, null, "main")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "A9_", "select", "table", "__proto__"})
    void shouldTakeANameWhenItsLettersAreThese(final String name) {
        assertEquals(name, table(1, name).name());
    }

    @Test
    void shouldShortenWhenAnErrorRepeatsAName() {
        final String long1 = "x".repeat(100_000);
        final var error = Errors.expect(ErrorCode.INVALID_NAME, () -> Names.require("table", long1));

        assertTrue(error.getMessage().length() < 250, error::getMessage);
    }

    @Test
    void shouldStayPrintableWhenAnErrorRepeatsAName() {
        final String lone = Character.toString(0xD83D);

        assertEquals("a?b?c😀", Names.abbreviate("a\u0007b" + lone + "c😀"));
        assertEquals("😀".repeat(77) + "...", Names.abbreviate("😀".repeat(100)));
        assertEquals("x".repeat(80), Names.abbreviate("x".repeat(80)));
        assertNull(Names.abbreviate(null));
    }

    @Test
    void shouldFindTablesWhenAskedByNameOrId() {
        final Map<String, TableSchema> tables = Map.of("player", table(4, "player", HP));
        final Schema schema = new Schema(3, Map.of(), tables, 5);

        assertEquals(4, schema.requireTable("player").id());
        assertEquals("player", schema.tableById(4).name());
        assertEquals("player", schema.collidesWith("PLAYER"));
        assertNull(schema.collidesWith("zone"));
        assertNull(schema.table("Player"));
        Errors.expect(ErrorCode.TABLE_NOT_FOUND, () -> schema.requireTable("playr"), "did you mean player?");
        assertNotEquals(Schema.EMPTY, schema);
    }
}
