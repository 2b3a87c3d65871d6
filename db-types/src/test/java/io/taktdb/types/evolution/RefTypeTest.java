package io.taktdb.types.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.Errors;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.Relation;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateComposite;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.DropRelation;
import io.taktdb.types.schema.SchemaChange.DropTable;
import io.taktdb.types.schema.SchemaChange.RenameField;
import io.taktdb.types.schema.SchemaChange.RenameTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fields that are declared as {@code ref<table>}. */
final class RefTypeTest {
    private static final Schema WORLD = SchemaEvolution.applyAll(
            Schema.EMPTY,
            List.of(
                    CreateTable.of(
                            "item",
                            FieldSpec.of("name", "string"),
                            FieldSpec.of("inside", "ref<item>").asOptional()),
                    CreateTable.of("hero", FieldSpec.of("weapon", "ref< item >"), FieldSpec.of("hp", "i32"))));

    private static String spelling(final Schema schema, final String table, final String field) {
        return schema.spelling(
                schema.requireTable(table), schema.requireTable(table).requireField(field));
    }

    private static String shown(final Schema schema) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator g = StrictJson.generator(bytes)) {
            SchemaJson.write(g, schema);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldBeANumberAndARelationWhenATableIsMade() {
        assertEquals(ScalarType.U64, WORLD.requireTable("hero").field("weapon").type());
        assertEquals(
                List.of(
                        new Relation(1, 1, 2, 1, OnDelete.RESTRICT, true),
                        new Relation(2, 2, 1, 1, OnDelete.RESTRICT, true)),
                WORLD.relations());
        assertEquals("ref<item>", spelling(WORLD, "hero", "weapon"));
        assertEquals("i32", spelling(WORLD, "hero", "hp"));
    }

    @Test
    void shouldFollowTheTableWhenThatIsRenamed() {
        final Schema schema = SchemaEvolution.applyAll(
                WORLD, List.of(new RenameTable("item", "thing"), new RenameField("hero", "weapon", "arm")));
        assertEquals("ref<thing>", spelling(schema, "hero", "arm"));
        assertEquals("ref<thing>", spelling(schema, "thing", "inside"));
    }

    @Test
    void shouldTakeItsRelationAndIndexAlongWhenTheFieldIsDropped() {
        final Schema schema = SchemaEvolution.apply(WORLD, new DropField("hero", "weapon"));
        assertEquals(1, schema.relations().size());
        assertEquals(List.of(), schema.requireTable("hero").indexes());
        final Schema again = SchemaEvolution.apply(
                schema, new AddField("hero", FieldSpec.of("weapon", "ref<item>").asOptional()));
        assertEquals("ref<item>", spelling(again, "hero", "weapon"));
        assertEquals(3, again.relations().get(1).id());
    }

    @Test
    void shouldBeAPlainNumberWhenTheRelationIsDropped() {
        final Schema schema = SchemaEvolution.apply(WORLD, new DropRelation(2));
        assertEquals("u64", spelling(schema, "hero", "weapon"));
        final Schema cascade = SchemaEvolution.apply(WORLD, new DropTable("item", true));
        assertEquals("u64", spelling(cascade, "hero", "weapon"));
        Errors.expect(
                ErrorCode.CONFLICT, () -> SchemaEvolution.apply(WORLD, new DropTable("item")), "relations=[1, 2]");
        Errors.expect(
                ErrorCode.ALREADY_EXISTS,
                () -> SchemaEvolution.apply(WORLD, new CreateRelation("hero", "weapon", "item", OnDelete.CASCADE)),
                "drop it first");
    }

    @Test
    void shouldRefuseWhenTheTableIsNotThereOrTheFieldIsAMember() {
        Errors.expect(
                ErrorCode.TABLE_NOT_FOUND,
                () -> SchemaEvolution.apply(WORLD, new AddField("hero", FieldSpec.of("x", "ref<itme>"))),
                "did you mean item?");
        Errors.expect(
                ErrorCode.INVALID_SCHEMA,
                () -> SchemaEvolution.apply(
                        WORLD, new CreateComposite("Slot", List.of(FieldSpec.of("held", "ref<item>")))),
                "whole field",
                "held");
    }

    @Test
    void shouldBeTheSameWhenStoredAndWhenShown() throws IOException {
        assertEquals(shown(WORLD), shown(SchemaJson.fromStored(SchemaJson.toStored(WORLD))));
        assertEquals(
                WORLD.relations(),
                SchemaJson.fromStored(SchemaJson.toStored(WORLD)).relations());
        assertTrue(shown(WORLD).contains("\"type\":\"ref<item>\""), shown(WORLD));
        final Schema wanted = SchemaJson.readSchema(StrictJson.parser(shown(WORLD)));
        assertEquals(WORLD.relations(), wanted.relations());
        assertEquals(List.of(), SchemaDiff.between(WORLD, wanted));
    }

    @Test
    void shouldBridgeTheDifferenceWhenAClientWantsRefs() throws IOException {
        final String json = shown(WORLD).replaceFirst("\"relations\":\\[.*]", "\"relations\":[]");
        assertTrue(json.contains("\"relations\":[]"), json);
        final Schema wanted = SchemaJson.readSchema(StrictJson.parser(json));
        final List<SchemaDiff.Step> steps = SchemaDiff.between(Schema.EMPTY, wanted);
        final Schema made = SchemaEvolution.applyAll(
                Schema.EMPTY, steps.stream().map(SchemaDiff.Step::change).toList());
        assertEquals("ref<item>", spelling(made, "hero", "weapon"));
        assertEquals("ref<item>", spelling(made, "item", "inside"));
        assertEquals(List.of(), SchemaDiff.between(made, wanted));
        final Schema plain = SchemaJson.readSchema(StrictJson.parser(json.replace("ref<item>", "u64")));
        final Schema back = SchemaEvolution.applyAll(
                made,
                SchemaDiff.between(made, plain).stream()
                        .map(SchemaDiff.Step::change)
                        .toList());
        assertEquals("u64", spelling(back, "hero", "weapon"));
        assertEquals(List.of(), back.relations());
    }
}
