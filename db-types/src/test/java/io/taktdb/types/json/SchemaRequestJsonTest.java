package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateComposite;
import io.taktdb.types.schema.SchemaChange.CreateEnum;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.DropTable;
import io.taktdb.types.schema.SchemaChange.DropType;
import io.taktdb.types.schema.SchemaChange.RenameField;
import io.taktdb.types.schema.SchemaChange.RenameTable;
import io.taktdb.types.schema.SchemaChange.WidenField;
import io.taktdb.types.schema.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemaRequestJsonTest {
    @Test
    void shouldReadEverythingWhenATableIsWishedFor() {
        final CreateTable wish = SchemaJson.readCreateTable(
                JsonProbe.parser("{'maxRows':10,'groups':[{'layout':'rows','name':'hot'}],'fields':["
                        + "{'name':'a','type':'i32'},"
                        + "{'default': 1.50 ,'optional':true,'group':'hot','type':'f64','name':'b',"
                        + "'unique':false}],'name':'t'}"));

        assertEquals(
                new CreateTable(
                        "t",
                        List.of(FieldSpec.of("a", "i32"), new FieldSpec("b", "f64", true, "1.50", "hot")),
                        Map.of("hot", GroupLayout.ROWS),
                        10),
                wish);
    }

    @Test
    void shouldTakeTheDefaultWhenAPropertyIsAbsentOrNull() {
        final CreateTable plain =
                new CreateTable("t", List.of(FieldSpec.of("a", "i32")), Map.of(), TableSchema.UNLIMITED_ROWS);

        assertEquals(
                plain,
                SchemaJson.readCreateTable(JsonProbe.parser("{'name':'t','fields':[{'name':'a','type':'i32'}]}")));
        assertEquals(
                plain,
                SchemaJson.readCreateTable(
                        JsonProbe.parser("{'name':'t','groups':null,'maxRows':null,'fields':[{'name':'a','type':'i32',"
                                + "'optional':null,'default':null,'group':null,'unique':null}]}")));
    }

    @Test
    @Tag("ts_1:test_table_new_with_empty_fields")
    void shouldBeFineWhenATableHasNoFields() {
        assertEquals(CreateTable.of("t"), SchemaJson.readCreateTable(JsonProbe.parser("{'name':'t','fields':[]}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'t'}|INVALID_SCHEMA|property=fields, table=t; send []",
                "{'fields':[]}|INVALID_SCHEMA|property=name",
                "{'name':null,'fields':[]}|INVALID_SCHEMA|expected=string, came=null",
                "{'name':'','fields':[]}|INVALID_NAME|not a valid table name",
                "{'name':' ','fields':[]}|INVALID_NAME|not a valid table name",
                "{'name':'t','fields':null}|INVALID_SCHEMA|property=table.fields, expected=array",
                "{'name':'t','fields':[1]}|INVALID_SCHEMA|property=field, expected=object, came=1",
                "{'name':'t','fields':[],'maxRows':0}|INVALID_SCHEMA|table.maxRows",
                "{'name':'t','fields':[],'maxRows':2147483648}|INVALID_SCHEMA|table.maxRows",
                "{'name':'t','fields':[],'maxRows':99999999999999999999}|INVALID_SCHEMA|table.maxRows",
                "{'name':'t','fields':[],'maxRows':1.5}|INVALID_SCHEMA|came=1.5",
                "{'name':'t','fields':[],'feilds':[]}|INVALID_SCHEMA|did you mean fields?",
                "{'name':'t','fields':[],'groups':[{'name':'g'}]}|INVALID_SCHEMA|property=layout",
                "{'name':'t','fields':[],'groups':[{'name':'g','layout':'row'}]}"
                        + "|INVALID_SCHEMA|did you mean rows?",
                "{'name':'t','fields':[],'groups':[{'name':'g','layout':'rows'},"
                        + "{'name':'g','layout':'rows'}]}|INVALID_SCHEMA|named twice",
                "{'name':'t','name':'u','fields':[]}|INVALID_JSON|a key stands twice",
                "{'name':'t','fields':[|INVALID_JSON|ends too early"
            })
    void shouldSayWhatIsWrongWhenATableIsNotValid(final String json, final ErrorCode code, final String part) {
        Errors.expect(code, () -> SchemaJson.readCreateTable(JsonProbe.parser(json)), part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'i32'}|INVALID_SCHEMA|property=name",
                "{'name':null,'type':'i32'}|INVALID_SCHEMA|property=field.name, expected=string, came=null",
                "{'name':'','type':'i32'}|INVALID_NAME|not a valid field name",
                "{'name':'a','type':null}|INVALID_SCHEMA|property=field.type, expected=string, came=null",
                "{'name':'a'}|INVALID_SCHEMA|property=type, field=a",
                "{'name':'a','type':5}|INVALID_SCHEMA|property=field.type, expected=string, came=5",
                "{'name':'a b','type':'i32'}|INVALID_NAME|a b",
                "{'name':'a','type':'i32','optional':'yes'}|INVALID_SCHEMA|property=field.optional",
                "{'name':'a','type':'i32','unique':1}|INVALID_SCHEMA|property=field.unique",
                "{'name':'a','type':'i32','defualt':1}|INVALID_SCHEMA|did you mean default?",
                "{'name':'a','type':'i32','group':''}|INVALID_NAME|not a valid group name",
                "{'name':'a','type':'i32','default':'\\uD800'}|INVALID_SCHEMA|surrogates"
            })
    @Tag("ts_4:test_add_field_empty_name")
    @Tag("sj_2:test_missing_required_fields")
    void shouldSayWhatIsWrongWhenAFieldIsNotValid(final String json, final ErrorCode code, final String part) {
        Errors.expect(code, () -> SchemaJson.readField(JsonProbe.parser(json)), part);
    }

    @Test
    void shouldComeBackWhenChangesAreJournalled() {
        final List<SchemaChange> changes = List.of(
                new CreateComposite("Vec2", List.of(FieldSpec.of("x", "f32"), FieldSpec.of("y", "f32"))),
                new CreateEnum("Color", List.of("red", "green")),
                new CreateTable(
                        "t",
                        List.of(
                                FieldSpec.of("a", "Vec2").inGroup("g"),
                                FieldSpec.of("b", "Color").asOptional(),
                                FieldSpec.of("c", "json").withDefault("{\"k\":[1.10,\"é\"]}")),
                        Map.of("g", GroupLayout.ROWS),
                        77),
                CreateTable.of("empty"),
                new AddField("t", FieldSpec.of("d", "u64").withDefault("\"18446744073709551615\"")),
                new RenameTable("t", "u"),
                new RenameField("u", "d", "e"),
                new WidenField("u", "e", "string"),
                new DropField("u", "e"),
                new DropTable("u"),
                new DropType("Vec2"));
        final byte[] bytes = SchemaJson.changesToBytes(changes);
        final byte[] within = new byte[bytes.length + 10];
        System.arraycopy(bytes, 0, within, 5, bytes.length);

        assertEquals(changes, SchemaJson.changesFromBytes(within, 5, bytes.length));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|expected=array",
                "[{}]|property=change",
                "[{'change':'drop_tabel'}]|did you mean drop_table?",
                "[{'change':'drop_table'}]|object=drop_table, property=table",
                "[{'change':'add_field','table':'t'}]|property=spec",
                "[{'change':'drop_type','tipe':'t'}]|did you mean type?"
            })
    void shouldSayWhatIsWrongWhenAChangeIsNotValid(final String json, final String part) {
        final byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        Errors.expect(ErrorCode.INVALID_SCHEMA, () -> SchemaJson.changesFromBytes(bytes, 0, bytes.length), part);
    }
}
