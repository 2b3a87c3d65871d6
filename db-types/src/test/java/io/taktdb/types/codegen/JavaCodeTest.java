package io.taktdb.types.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.evolution.SchemaEvolution;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is generated, as text; that it compiles and runs is shown where the engine is at hand. */
final class JavaCodeTest {
    private static Schema schema(final SchemaChange... changes) {
        Schema schema = Schema.EMPTY;
        for (final SchemaChange change : changes) {
            schema = SchemaEvolution.apply(schema, change);
        }
        return schema;
    }

    private static DbException refused(final SchemaChange... changes) {
        final Schema schema = schema(changes);
        return assertThrows(DbException.class, () -> JavaCode.of(schema, "game.world"));
    }

    @Test
    void shouldWriteARowAViewAndAChunkForEachTableAndAnEnumForEachEnum() {
        final Map<String, String> files = JavaCode.of(
                schema(CreateTable.of(
                        "space_ship",
                        FieldSpec.of("hp", "i32"),
                        FieldSpec.of("target", "u64").asOptional(),
                        FieldSpec.of("state", "enum(idle,flying)"))),
                "game.world");
        assertEquals(
                Set.of("SpaceShipRow.java", "SpaceShipView.java", "SpaceShipChunk.java", "SpaceShipStateValue.java"),
                files.keySet());
        final String row = files.get("SpaceShipRow.java");
        assertTrue(row.startsWith(JavaCode.HEADER + "package game.world;\n"), row);
        assertTrue(row.contains("public int hp()") && row.contains("public SpaceShipRow hp(final int value)"), row);
        assertTrue(row.contains("boolean hasTarget()") && row.contains("clearTarget()"), row);
        assertFalse(files.get("SpaceShipView.java").contains("clearTarget"), "a view does not write");
        assertTrue(files.get("SpaceShipChunk.java").contains("interface SetHp extends GetHp"));
        assertTrue(files.get("SpaceShipStateValue.java").contains("    idle,\n    flying\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "class, it is a keyword",
        "true, it is a keyword",
        "_, it is a keyword",
        "hashCode, every Java object has such a method",
        "wait, every Java object has such a method"
    })
    void shouldRefuseAFieldWhoseNameCannotBeAMethod(final String field, final String reason) {
        final DbException error = refused(CreateTable.of("mob", FieldSpec.of(field, "i32")));
        assertEquals(ErrorCode.INVALID_NAME, error.code());
        assertEquals(
                "name cannot be one in Java: table=mob, field=" + field + ", reason=" + reason + "; rename it",
                error.getMessage());
    }

    @Test
    void shouldRefuseAnEnumOfAKeyword() {
        final DbException error = refused(CreateTable.of("mob", FieldSpec.of("kind", "enum(idle,new)")));
        assertTrue(
                error.getMessage().contains("table=mob, field=kind, name=new, reason=it is a keyword"),
                error::getMessage);
    }

    @Test
    void shouldRefuseNamesThatBecomeOne() {
        final DbException tables = refused(
                CreateTable.of("space_ship", FieldSpec.of("hp", "i32")),
                CreateTable.of("spaceShip", FieldSpec.of("hp", "i32")));
        assertEquals(ErrorCode.ALREADY_EXISTS, tables.code());
        assertTrue(tables.getMessage().contains("table=space_ship"), tables::getMessage);
        assertTrue(tables.getMessage().contains("table=spaceShip"), tables::getMessage);
        final DbException fields = refused(
                CreateTable.of("mob", FieldSpec.of("target", "u64").asOptional(), FieldSpec.of("hasTarget", "bool")));
        assertTrue(fields.getMessage().contains("field=target, then table=mob, field=hasTarget"), fields::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "game..world", "game.class", "9game", "game world"})
    void shouldRefuseWhatIsNoPackage(final String name) {
        final DbException error = assertThrows(DbException.class, () -> JavaCode.of(Schema.EMPTY, name));
        assertEquals("not a Java package: package=" + name + "; write it as com.example.world", error.getMessage());
    }
}
