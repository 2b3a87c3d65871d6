package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.evolution.SchemaEvolution;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange.CreateComposite;
import io.taktdb.types.schema.SchemaChange.CreateEnum;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.DropTable;
import io.taktdb.types.schema.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemaJsonTest {
    private static final Schema WORLD = SchemaEvolution.applyAll(
            Schema.EMPTY,
            List.of(
                    new CreateComposite(
                            "Vec3",
                            List.of(FieldSpec.of("x", "f32"), FieldSpec.of("y", "f32"), FieldSpec.of("z", "f32"))),
                    new CreateComposite("Line", List.of(FieldSpec.of("from", "Vec3"), FieldSpec.of("to", "Vec3"))),
                    new CreateEnum("Color", List.of("red", "green")),
                    CreateTable.of("gone", FieldSpec.of("a", "i32")),
                    new CreateTable(
                            "player",
                            List.of(
                                    FieldSpec.of("name", "string").withDefault("\"é\\n\""),
                                    FieldSpec.of("dropped", "i8"),
                                    FieldSpec.of("path", "Line").asOptional().inGroup("cold"),
                                    FieldSpec.of("color", "Color").withDefault("\"green\""),
                                    FieldSpec.of("mood", "enum(good,bad)").asOptional(),
                                    FieldSpec.of("extra", "json").withDefault("{\"n\":1.10}")),
                            Map.of("cold", GroupLayout.ROWS, "hot", GroupLayout.COLUMNS),
                            5_000),
                    CreateTable.of("empty"),
                    new DropTable("gone"),
                    new DropField("player", "dropped")));

    private static String wire(final Schema schema) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator g = StrictJson.generator(bytes)) {
            SchemaJson.write(g, schema);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Schema stored(final String json) {
        return SchemaJson.fromStored(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Tag("sj_1:test_serialize_empty_schema")
    @Tag("sj_2:test_empty_schema")
    void shouldHaveEmptyArraysWhenNothingIsDefined() throws IOException {
        assertEquals(
                "{'version':0,'types':[],'tables':[],'relations':[]}",
                wire(Schema.EMPTY).replace('"', '\''));
        assertEquals(Schema.EMPTY, SchemaJson.readSchema(JsonProbe.parser(wire(Schema.EMPTY))));
        assertEquals(Schema.EMPTY, SchemaJson.fromStored(SchemaJson.toStored(Schema.EMPTY)));
    }

    @Test
    @Tag("sj_1:test_serialize_table_with_custom_composite_type")
    @Tag("sj_1:test_serialize_multiple_tables")
    @Tag("sj_1:test_serialize_single_table_no_fields")
    void shouldHaveTheContractsShapeWhenClientsSeeASchema() throws IOException {
        assertEquals(
                "{'version':8,'types':["
                        + "{'name':'Vec3','kind':'composite','members':[{'name':'x','type':'f32'},"
                        + "{'name':'y','type':'f32'},{'name':'z','type':'f32'}]},"
                        + "{'name':'Line','kind':'composite','members':[{'name':'from','type':'Vec3'},"
                        + "{'name':'to','type':'Vec3'}]},"
                        + "{'name':'Color','kind':'enum','names':['red','green']}],'tables':["
                        + "{'name':'player','fields':["
                        + "{'name':'name','type':'string','optional':false,'default':'é\\n','group':'main'},"
                        + "{'name':'path','type':'Line','optional':true,'group':'cold'},"
                        + "{'name':'color','type':'Color','optional':false,'default':'green','group':'main'},"
                        + "{'name':'mood','type':'enum(good,bad)','optional':true,'group':'main'},"
                        + "{'name':'extra','type':'json','optional':false,'default':{'n':1.10},"
                        + "'group':'main'}],"
                        + "'groups':[{'name':'cold','layout':'rows'},{'name':'hot','layout':'columns'}],"
                        + "'indexes':[],'maxRows':5000},"
                        + "{'name':'empty','fields':[],'groups':[],'indexes':[]}],'relations':[]}",
                wire(WORLD).replace('"', '\''));
    }

    @Test
    @Tag("sj_1:test_serialize_complete_schema_roundtrip")
    @Tag("sj_2:test_deserialize_after_serialize")
    @Tag("sj_2:test_deserialize_full_schema")
    @Tag("ct_2:test_composite_serialize_json")
    void shouldBeEqualWhenStoredAndReadAgain() {
        final Schema read = SchemaJson.fromStored(SchemaJson.toStored(WORLD));

        assertEquals(WORLD, read);
        assertEquals(
                List.copyOf(WORLD.tables().keySet()), List.copyOf(read.tables().keySet()));
        assertEquals(
                List.copyOf(WORLD.types().keySet()), List.copyOf(read.types().keySet()));
        assertEquals(8, read.requireTable("player").nextFieldId() + 1);
    }

    @Test
    void shouldGetFreshIdsWhenAWantedSchemaIsRead() throws IOException {
        final Schema wanted = SchemaJson.readSchema(JsonProbe.parser(wire(WORLD)));

        assertEquals(wire(WORLD), wire(wanted));
        assertNotEquals(WORLD, wanted);
        assertEquals(1, wanted.requireTable("player").id());
        assertEquals(2, wanted.requireTable("player").requireField("path").id());
        assertEquals(3, wanted.nextTableId());
    }

    @Test
    @Tag("sj_1:test_serialize_table_with_builtin_field_types")
    @Tag("sj_2:test_deserialize_fields_with_all_builtin_types")
    @Tag("ts_4:test_add_field_multiple_types")
    @Tag("ts_4:test_custom_type_validation")
    @Tag("ts_2:test_serialization_deserialization")
    @Tag("ct_1:test_all_supported_primitives_list")
    @Tag("sj_2:test_deserialize_custom_composite_type")
    void shouldKeepEveryTypeWhenATableHasThemAll() {
        final List<FieldSpec> fields = new ArrayList<>();
        Arrays.stream(ScalarType.values()).forEach(t -> {
            fields.add(FieldSpec.of("f_" + t.spelling(), t.spelling()));
            fields.add(FieldSpec.of("v_" + t.spelling(), "7x" + t.spelling()));
        });
        List.of("string", "bytes", "json", "Vec3", "Color", "enum(a,b)")
                .forEach(t -> fields.add(FieldSpec.of("f" + fields.size(), t)));
        final Schema all =
                SchemaEvolution.apply(WORLD, new CreateTable("all", fields, Map.of(), TableSchema.UNLIMITED_ROWS));

        assertEquals(all, SchemaJson.fromStored(SchemaJson.toStored(all)));
        assertEquals(fields.size(), all.requireTable("all").fields().size());
    }

    @Test
    @Tag("sj_2:test_deserialize_minimal_schema")
    void shouldReadWhenOnlyWhatIsNeededIsThere() {
        final Schema read = SchemaJson.readSchema(
                JsonProbe.parser("{'tables':[{'name':'t','fields':[{'type':'i32','name':'a'}]}]}"));

        assertEquals(0, read.version());
        assertEquals(ScalarType.I32, read.requireTable("t").requireField("a").type());
    }

    @ParameterizedTest
    @Tag("sj_2:test_duplicate_names")
    @Tag("sj_2:test_invalid_type_identifier")
    @Tag("ct_2:test_composite_deserialize_with_unknown_component")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|INVALID_SCHEMA|expected=object",
                "{'tabels':[]}|INVALID_SCHEMA|did you mean tables?",
                "{'tables':{}}|INVALID_SCHEMA|expected=array",
                "{'version':-1}|INVALID_SCHEMA|version",
                "{'version':'1'}|INVALID_SCHEMA|version",
                "{'relations':[{'source_table':'a'}]}|INVALID_SCHEMA|property=source_field",
                "{'tables':[{'name':'t','fields':[]},{'name':'T','fields':[]}]}|ALREADY_EXISTS|existing=t",
                "{'tables':[{'name':'t','fields':[]},{'name':'t','fields':[]}]}|ALREADY_EXISTS|table=t",
                "{'types':[{'name':'a','kind':'enum','names':['x']},"
                        + "{'name':'A','kind':'enum','names':['x']}]}|ALREADY_EXISTS|type=A",
                "{'types':[{'name':'I32','kind':'enum','names':['x']}]}|ALREADY_EXISTS|type=I32",
                "{'types':[{'name':'a','kind':'enum','names':[]}]}|INVALID_SCHEMA|names=0",
                "{'types':[{'name':'a','kind':'enum','members':[]}]}|INVALID_SCHEMA|kind=enum",
                "{'types':[{'name':'a','kind':'enam','names':[]}]}|INVALID_SCHEMA|did you mean enum?",
                "{'types':[{'name':'a','kind':'composite','members':[]}]}|INVALID_SCHEMA|no members",
                "{'types':[{'name':'a','kind':'composite','members':[{'name':'m','type':'a'}]}]}"
                        + "|INVALID_SCHEMA|contains itself",
                "{'types':[{'name':'a','kind':'composite','members':[{'name':'m','type':'b'}]}]}"
                        + "|INVALID_SCHEMA|member 0=m",
                "{'tables':[{'name':'t','fields':[{'name':'a','type':'i33'}]}]}|INVALID_SCHEMA|unknown type: type=i33",
                "{'tables':[{'name':'t','fields':[{'name':'a','type':''}]}]}|INVALID_SCHEMA|type is missing: field=a",
                "{'tables':[{'name':'t','fields':[{'name':'a','type':' '}]}]}|INVALID_SCHEMA|type is missing: field=a",
                "{'types':[{'kind':'enum','names':['x']}]}|INVALID_SCHEMA|property=name"
            })
    @Tag("sj_2:test_deserialize_multiple_tables")
    @Tag("sj_2:test_extra_json_fields")
    void shouldSayWhatIsWrongWhenASchemaIsNotValid(final String json, final ErrorCode code, final String part) {
        Errors.expect(code, () -> SchemaJson.readSchema(JsonProbe.parser(json)), part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'version':1,'tables':[]}|property=next_table_id",
                "{'next_table_id':1,'tables':[{'name':'t','fields':[],'next_field_id':1}]}|table_id",
                "{'next_table_id':1,'tables':[{'name':'t','fields':[],'next_field_id':1,'table_id':1}]}"
                        + "|table=t, id=1, counter=1",
                "{'next_table_id':9,'tables':[{'name':'t','fields':[],'next_field_id':1,'table_id':1},"
                        + "{'name':'u','fields':[],'next_field_id':1,'table_id':1}]}|table=u, id=1",
                "{'next_table_id':9,'tables':[{'name':'t','next_field_id':9,'table_id':1,'fields':["
                        + "{'name':'a','type':'i8'}]}]}|property=field_id",
                "{'next_table_id':9,'tables':[{'name':'t','next_field_id':9,'table_id':1,'fields':["
                        + "{'name':'a','type':'i8','field_id':1},{'name':'b','type':'i8','field_id':1}]}]}"
                        + "|field=t.b, id=1",
                "{'next_table_id':9,'tables':[{'name':'t','next_field_id':1,'table_id':1,'fields':["
                        + "{'name':'a','type':'i8','field_id':1}]}]}|field=t.a, id=1, counter=1",
                "{'next_table_id':9,'tables':[{'name':'t','next_field_id':2,'table_id':1,'fields':["
                        + "{'name':'a','type':'i8','default':300,'field_id':1}]}]}|table=t, field=a"
            })
    void shouldSayWhatIsWrongWhenAStoredSchemaIsDamaged(final String json, final String part) {
        Errors.expect(ErrorCode.INVALID_SCHEMA, () -> stored(json), part);
    }

    @Test
    void shouldBeNotJsonWhenMoreFollows() {
        Errors.expect(ErrorCode.INVALID_JSON, () -> stored("{'next_table_id':1} {}"));
        Errors.expect(ErrorCode.INVALID_JSON, () -> stored("{'next_table_id':1"));
    }

    @Test
    void shouldKeepNamesInPlaceWhenATypeIsWritten() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator g = StrictJson.generator(bytes)) {
            SchemaJson.writeType(g, EnumType.of("E", List.of("b", "a")));
        }

        assertEquals(
                new CreateEnum("E", List.of("b", "a")),
                SchemaJson.readType(JsonProbe.parser(bytes.toString(StandardCharsets.UTF_8))));
    }
}
