package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RowFromJsonTest {
    private static final TableSchema PLAYER = new TableSchema(
            7,
            "player",
            List.of(
                    new Field(3, "name", VariableType.STRING, false, null, Field.DEFAULT_GROUP),
                    new Field(5, "hp", ScalarType.I32, false, "100", Field.DEFAULT_GROUP),
                    new Field(9, "note", VariableType.JSON, true, null, Field.DEFAULT_GROUP),
                    new Field(4, "pos", new VectorType(2, ScalarType.F32), true, null, Field.DEFAULT_GROUP)),
            Map.of(),
            TableSchema.UNLIMITED_ROWS,
            10);

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1);
    private final RowFromJson rows = new RowFromJson();

    /** Reads one object. Field id → kind, with the JSON of what was written. */
    private Map<Integer, String> read(final RowMode mode, final long addressedId, final String json) {
        final RowWriter writer = new RowWriter().wrap(buffer, 1);
        final JsonParser parser = StrictJson.parser(json);
        StrictJson.next(parser);
        rows.read(parser, PLAYER, mode, addressedId, writer);
        StrictJson.requireEnd(parser);
        final RowCursor cursor = new RowCursor().wrap(buffer, 1, writer.finish());
        final Map<Integer, String> values = new TreeMap<>();
        while (cursor.next()) {
            final Field field = PLAYER.fields().stream()
                    .filter(f -> f.id() == cursor.fieldId())
                    .findFirst()
                    .orElseThrow();
            final int start = cursor.value().offset() - headOf(field, cursor);
            values.put(
                    field.id(),
                    DefaultValue.toJson(
                            field.type(), buffer, start, cursor.value().end()));
        }
        return values;
    }

    private static int headOf(final Field field, final RowCursor cursor) {
        return cursor.value().isNull() || field.type() instanceof ScalarType ? 1 : 5;
    }

    @Test
    void shouldWriteFieldIdsWhenARecordIsInserted() {
        assertEquals(
                Map.of(3, "\"Ada\"", 5, "7", 9, "{\"a\":[1.0]}", 4, "[1,2]"),
                read(RowMode.INSERT, 0, "{\"pos\":[1,2],\"hp\":7,\"note\":{\"a\": [1.0]},\"name\":\"Ada\"}"));
        assertFalse(rows.hasId());
    }

    @Test
    void shouldWriteOnlyWhatCameWhenFieldsAreAbsent() {
        assertEquals(Map.of(3, "\"Ada\""), read(RowMode.INSERT, 0, "{\"name\":\"Ada\"}"));
        assertEquals(Map.of(3, "\"Ada\"", 9, "null"), read(RowMode.REPLACE, 1, "{\"name\":\"Ada\",\"note\":null}"));
        assertEquals(Map.of(), read(RowMode.MERGE, 1, "{}"));
        assertEquals(Map.of(9, "null", 5, "1"), read(RowMode.MERGE, 1, "{\"note\":null,\"hp\":1}"));
    }

    @ParameterizedTest
    @EnumSource(names = {"INSERT", "REPLACE"})
    void shouldNameWhatIsMissingWhenARequiredFieldIsAbsent(final RowMode mode) {
        final DbException error = Errors.expect(
                ErrorCode.SCHEMA_MISMATCH,
                () -> read(mode, 0, "{\"hp\":1}"),
                "table=player",
                "name: expected string (required), came nothing");

        assertEquals(
                List.of(Map.of("field", "name", "expected", "string (required)", "came", "nothing")),
                error.attributes().get("fields"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAFaultWhenNullComesForAFieldThatIsNotOptional(final RowMode mode) {
        Errors.expect(
                ErrorCode.SCHEMA_MISMATCH,
                () -> read(mode, 0, "{\"name\":null,\"hp\":null}"),
                "faults=2",
                "name: expected string (not optional), came null",
                "hp: expected i32 (not optional), came null");
    }

    @Test
    void shouldNameEveryFieldWhenSeveralAreAtFault() {
        final DbException error = Errors.expect(
                ErrorCode.SCHEMA_MISMATCH,
                () -> read(RowMode.INSERT, 0, "{\"hp\":\"x\",\"pos\":[1,true],\"nam\":[{\"a\":1}],\"id\":-1}"),
                "faults=5",
                "nam: expected a field of player (did you mean name?), came array",
                "pos[1]: expected f32",
                "id: expected u64");

        assertEquals(5, ((List<?>) error.attributes().get("fields")).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"18446744073709551615", "\"18446744073709551615\"", "0", "\"42\""})
    void shouldHandTheIdBackWhenARecordBringsOne(final String id) {
        read(RowMode.INSERT, 0, "{\"id\":" + id + ",\"name\":\"Ada\"}");

        assertTrue(rows.hasId());
        assertEquals(id.replace("\"", ""), Long.toUnsignedString(rows.id()));
        read(RowMode.REPLACE, rows.id(), "{\"id\":" + id + ",\"name\":\"Ada\"}");
        read(RowMode.MERGE, rows.id(), "{\"id\":" + id + "}");
    }

    @Test
    void shouldBeAFaultWhenTheIdIsNotTheAddressedOne() {
        Errors.expect(
                ErrorCode.SCHEMA_MISMATCH, () -> read(RowMode.MERGE, 5, "{\"id\":6}"), "id: expected 5", "came 6");
        Errors.expect(ErrorCode.SCHEMA_MISMATCH, () -> read(RowMode.MERGE, 5, "{\"id\":null}"), "id: expected u64");
        Errors.expect(ErrorCode.SCHEMA_MISMATCH, () -> read(RowMode.MERGE, 5, "{\"id\":5.0}"), "id: expected u64");
    }

    @Test
    void shouldForgetTheIdWhenTheNextRecordHasNone() {
        read(RowMode.INSERT, 0, "{\"id\":9,\"name\":\"Ada\"}");
        read(RowMode.INSERT, 0, "{\"name\":\"Bob\"}");

        assertFalse(rows.hasId());
        assertEquals(0, rows.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "null", "[{\"name\":\"Ada\"}]"})
    void shouldBeAFaultWhenARecordIsNoObject(final String json) {
        Errors.expect(ErrorCode.SCHEMA_MISMATCH, () -> read(RowMode.INSERT, 0, json), "record: expected object");
    }

    @Test
    void shouldSayWhichRecordWhenManyAreRead() {
        final JsonFaults faults = new JsonFaults();
        final JsonParser parser = StrictJson.parser("[{\"name\":\"a\"},{\"name\":1,\"pos\":[0,\"x\"]},7]");
        StrictJson.next(parser);
        for (int i = 0; StrictJson.next(parser) != JsonToken.END_ARRAY; i++) {
            faults.atRecord(i);
            rows.read(parser, PLAYER, RowMode.INSERT, 0, new RowWriter().wrap(buffer, 0), faults);
        }

        assertEquals(
                List.of("[1].name", "[1].pos[1]", "[2]"),
                faults.list().stream().map(JsonFaults.Fault::field).toList());
    }

    @Test
    void shouldRefuseARecordWhenItHasTooManyKeys() {
        final StringBuilder json = new StringBuilder("{\"name\":\"Ada\"");
        for (int i = 0; i < StrictJson.MAX_KEYS; i++) {
            json.append(",\"k").append(i).append("\":0");
        }

        Errors.expect(ErrorCode.LIMIT_EXCEEDED, () -> read(RowMode.INSERT, 0, json + "}"), "limit=10000");
    }

    @Test
    void shouldNameOnlyTheFirstHundredWhenThereAreMoreFaults() {
        final StringBuilder json = new StringBuilder("{\"name\":\"Ada\"");
        for (int i = 0; i < 150; i++) {
            json.append(",\"unknown").append(i).append("\":0");
        }
        final DbException error = Errors.expect(
                ErrorCode.SCHEMA_MISMATCH,
                () -> read(RowMode.INSERT, 0, json + "}"),
                "faults=150",
                "unknown99: ",
                "only the first 100 are named");

        assertFalse(error.getMessage().contains("unknown100"), error::getMessage);
    }

    @Test
    void shouldBeNotJsonWhenTheTextEndsWithinARecord() {
        Errors.expect(ErrorCode.INVALID_JSON, () -> read(RowMode.INSERT, 0, "{\"name\":\"Ada\""));
        Errors.expect(ErrorCode.INVALID_JSON, () -> read(RowMode.INSERT, 0, "{\"name\":\"Ada\",\"name\":\"Bob\"}"));
    }
}
