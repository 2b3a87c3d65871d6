package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.evolution.SchemaDiff;
import io.taktdb.types.evolution.SchemaEvolution;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexKind;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropIndex;
import io.taktdb.types.schema.SchemaChange.DropRelation;
import io.taktdb.types.schema.SchemaChange.DropTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Indexes and relations as JSON, both ways. */
final class IndexJsonTest {
    private static final List<SchemaChange> CHANGES = List.of(
            new CreateTable(
                    "users",
                    List.of(
                            FieldSpec.of("name", "string").asUnique(),
                            FieldSpec.of("boss", "u64").asOptional()),
                    Map.of(),
                    100,
                    List.of(new IndexSpec("by_boss", List.of("boss", "name"), IndexKind.HASH, false))),
            CreateTable.of("gone", FieldSpec.of("user", "u64")),
            new AddField("users", FieldSpec.of("mail", "string").asOptional().asUnique()),
            new CreateIndex("users", IndexSpec.unique("both", "mail", "name")),
            new DropIndex("users", "both"),
            new CreateRelation("gone", "user", "users", OnDelete.CASCADE),
            new DropTable("gone", true),
            new CreateRelation("users", "boss", "users", OnDelete.SET_NULL),
            new DropRelation(2),
            new CreateRelation("users", "boss", "users", OnDelete.RESTRICT));
    private static final Schema WORLD = SchemaEvolution.applyAll(Schema.EMPTY, CHANGES);

    private static String shown(final Schema schema) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator g = StrictJson.generator(bytes)) {
            SchemaJson.write(g, schema);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void shouldBeTheSameChangesWhenTheyComeBack() {
        final byte[] bytes = SchemaJson.changesToBytes(CHANGES);

        assertEquals(CHANGES, SchemaJson.changesFromBytes(bytes, 0, bytes.length));
    }

    @Test
    @Tag("rl_1:relation_serde_roundtrip")
    @Tag("sj_1:test_serialize_self_referential_relation")
    @Tag("sj_2:test_deserialize_relations")
    @Tag("sj_1:test_serialize_relation_one_to_many")
    @Tag("mi_3:test_schema_json_serialization")
    void shouldBeTheSameSchemaWhenItComesBack() {
        assertEquals(WORLD, SchemaJson.fromStored(SchemaJson.toStored(WORLD)));
        assertEquals(3, WORLD.relations().get(0).id());
        assertEquals(4, WORLD.nextRelationId());
    }

    @Test
    @Tag("sj_2:test_version_mismatch")
    void shouldReadASchemaThatKnewNoRelations() {
        final String old = "{\"version\":3,\"types\":[],\"tables\":[],\"relations\":[],\"next_table_id\":5}";

        assertEquals(
                1, SchemaJson.fromStored(old.getBytes(StandardCharsets.UTF_8)).nextRelationId());
    }

    @Test
    void shouldShowNamesAndFlagsWhenClientsSeeASchema() {
        final String shown = shown(WORLD);

        assertTrue(shown.contains("'name':'name','type':'string','optional':false,'unique':true"), shown);
        assertTrue(
                shown.contains("'indexes':[{'name':'by_boss','fields':['boss','name'],'kind':'hash','unique':false},"
                        + "{'name':'name_unique','fields':['name'],'kind':'ordered','unique':true},"),
                shown);
        assertTrue(
                shown.contains("'relations':[{'id':3,'source_table':'users','source_field':'boss',"
                        + "'destination_table':'users','on_delete':'restrict'}]"),
                shown);
    }

    @Test
    void shouldNeedNoStepsWhenASchemaIsSentBack() {
        final String shown = shown(WORLD);

        assertEquals(List.of(), SchemaDiff.between(WORLD, SchemaJson.readSchema(JsonProbe.parser(shown))));
    }

    @Test
    void shouldListIndexAndRelationStepsWhenSchemasDiffer() {
        final Schema wanted = SchemaEvolution.applyAll(
                Schema.EMPTY,
                List.of(
                        CreateTable.of(
                                "users",
                                FieldSpec.of("name", "string"),
                                FieldSpec.of("boss", "u64").asOptional(),
                                FieldSpec.of("mail", "string").asOptional().asUnique()),
                        CreateTable.of("posts", FieldSpec.of("user", "u64")),
                        new CreateRelation("posts", "user", "users", OnDelete.CASCADE)));
        final Schema unlimited = SchemaEvolution.applyAll(
                Schema.EMPTY,
                List.of(
                        CreateTable.of(
                                "users",
                                FieldSpec.of("name", "string").asUnique(),
                                FieldSpec.of("boss", "u64").asOptional(),
                                FieldSpec.of("mail", "string").asOptional()),
                        new CreateRelation("users", "boss", "users", OnDelete.RESTRICT)));
        final List<SchemaDiff.Step> steps = SchemaDiff.between(unlimited, wanted);

        final Schema arrived = SchemaEvolution.applyAll(
                unlimited, steps.stream().map(SchemaDiff.Step::change).toList());
        assertTrue(steps.stream().noneMatch(SchemaDiff.Step::losesData), steps.toString());
        assertEquals(List.of(), SchemaDiff.between(arrived, wanted));
        assertEquals(6, steps.size(), steps.toString());
    }

    @ParameterizedTest
    @Tag("rl_1:relation_empty_mapping")
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|missing property: object=relation, property=source_table",
                "{'source_table':'a','destination_table':'b'}|property=source_field",
                "{'source_table':'a','source_field':'f','destination_table':'b','on_delete':'cascad'}"
                        + "|did you mean cascade?",
            })
    void shouldSayWhatIsWrongWhenARelationIsNotValid(final String json, final String part) {
        Errors.expect(ErrorCode.INVALID_SCHEMA, () -> SchemaJson.readRelation(JsonProbe.parser(json)), part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'a'}|property=fields",
                "{'fields':['b']}|property=name",
                "{'name':'a','fields':['b'],'kind':'hsh'}|did you mean hash?",
                "{'name':'a','fields':'b'}|expected=array",
                "{'name':'a','fields':['b'],'uniqe':true}|did you mean unique?",
            })
    void shouldSayWhatIsWrongWhenAnIndexIsNotValid(final String json, final String part) {
        Errors.expect(ErrorCode.INVALID_SCHEMA, () -> SchemaJson.readIndex(JsonProbe.parser(json)), part);
    }

    @Test
    @Tag("sj_2:test_relation_to_nonexistent_table")
    void shouldRefuseAStoredRelationOfNoTable() {
        final String json = new String(SchemaJson.toStored(WORLD), StandardCharsets.UTF_8)
                .replace("\"destination_table\":\"users\"", "\"destination_table\":\"nobody\"");

        Errors.expect(
                ErrorCode.TABLE_NOT_FOUND,
                () -> SchemaJson.fromStored(json.getBytes(StandardCharsets.UTF_8)),
                "table=nobody");
    }
}
