package io.taktdb.api.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.api.http.Query;
import io.taktdb.core.table.RowFilter;
import io.taktdb.core.table.RowFilter.Op;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.json.JsonFaults;
import io.taktdb.types.json.JsonToValue;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.value.ValueCursor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.agrona.ExpandableArrayBuffer;

/**
 * One condition from its name and value.
 *
 * <pre>
 *   hp=5  hp.eq=5  hp.ne=5  hp.lt=5  hp.le=5  hp.gt=5  hp.ge=5     in the field's order
 *   hp.in=5,6                                                       a comma in a text is \,
 *   name.like=a%                                                    % any text, _ one character, \ takes meaning away
 *   name.is=null  name.is=notnull
 * </pre>
 *
 * In JSON a value is what it is in a record, null is null, and {@code in} takes an array. Every fault is
 * INVALID_PARAMETER and names the parameter. Threading: none of its own.
 */
public final class FilterReader {
    private static final List<String> OPS = List.of("eq", "ne", "lt", "le", "gt", "ge", "in", "like", "is");

    private final TableSchema table;
    private final String name;
    private final int position;
    private final String op;

    private FilterReader(final TableSchema table, final String name) {
        this.table = table;
        this.name = name;
        final int dot = name.indexOf('.');
        final String field = dot < 0 ? name : name.substring(0, dot);
        this.position = Names.ID.equals(field) ? RowFilter.ID : table.indexOf(field);
        this.op = dot < 0 ? "eq" : name.substring(dot + 1);
        if (position < 0 && !Names.ID.equals(field)) {
            throw Query.fault(
                    "filter names no field: filter=" + Names.abbreviate(name) + ", table=" + table.name()
                            + Suggestion.didYouMean(field, names(table)),
                    name);
        }
        if (!OPS.contains(op)) {
            throw Query.fault(
                    "filter has no such comparison: filter=" + Names.abbreviate(name) + "; use "
                            + String.join(", ", OPS),
                    name);
        }
    }

    private static List<String> names(final TableSchema table) {
        final List<String> names =
                new ArrayList<>(table.fields().stream().map(Field::name).toList());
        names.add(Names.ID);
        return names;
    }

    /** The condition that a query parameter says. */
    public static RowFilter ofText(final TableSchema table, final String name, final String value) {
        return new FilterReader(table, name).text(value);
    }

    /**
     * The condition that a member of a JSON object says.
     *
     * @param parser on the value's first token; on its last one afterwards
     */
    public static RowFilter ofJson(final TableSchema table, final String name, final JsonParser parser) {
        return new FilterReader(table, name).json(parser);
    }

    /**
     * The conditions that a JSON object says, one per member.
     *
     * @param parser on the object's first token; on its last one afterwards
     */
    public static List<RowFilter> ofObject(final TableSchema table, final JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Query.fault("filter is no object; send for example {\"hp.gt\": 5}", "filter");
        }
        final List<RowFilter> filters = new ArrayList<>();
        while (StrictJson.next(parser) == JsonToken.FIELD_NAME) {
            if (filters.size() == Query.MAX_PARAMETERS) {
                throw Query.fault("too many conditions: limit=" + Query.MAX_PARAMETERS, "filter");
            }
            final String member = parser.currentName();
            StrictJson.next(parser);
            filters.add(ofJson(table, member, parser));
        }
        return filters;
    }

    private RowFilter text(final String value) {
        return switch (op) {
            case "is" -> isNull(value);
            case "in" ->
                filter(Op.IN, elements(value).stream().map(this::encode).toList());
            default -> filter(op(), List.of(encode(value)));
        };
    }

    private RowFilter json(final JsonParser parser) {
        try {
            if ("is".equals(op)) {
                return isNull(parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "");
            }
            if (!"in".equals(op)) {
                return filter(op(), Collections.singletonList(encode(parser)));
            }
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw Query.fault("in takes an array: filter=" + Names.abbreviate(name), name);
            }
            final List<byte[]> values = new ArrayList<>();
            while (StrictJson.next(parser) != JsonToken.END_ARRAY) {
                values.add(encode(parser));
            }
            return filter(Op.IN, values);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    private RowFilter isNull(final String word) {
        if (!"null".equals(word) && !"notnull".equals(word)) {
            throw Query.fault("is takes null or notnull: filter=" + Names.abbreviate(name), name);
        }
        return filter("null".equals(word) ? Op.EQ : Op.NE, Collections.singletonList(null));
    }

    private Op op() {
        return Op.valueOf(op.toUpperCase(Locale.ROOT));
    }

    private RowFilter filter(final Op comparison, final List<byte[]> values) {
        try {
            return new RowFilter(table, position, comparison, values);
        } catch (final DbException e) {
            throw e.code() == ErrorCode.INVALID_PARAMETER ? e.with("parameter", Names.abbreviate(name)) : e;
        }
    }

    private FieldType type() {
        return position == RowFilter.ID
                ? ScalarType.U64
                : table.fields().get(position).type();
    }

    private static List<String> elements(final String list) {
        final List<String> elements = new ArrayList<>();
        final StringBuilder element = new StringBuilder();
        for (int i = 0; i < list.length(); i++) {
            final char c = list.charAt(i);
            if (c == '\\' && i + 1 < list.length()) {
                element.append(list.charAt(++i));
            } else if (c == ',') {
                elements.add(element.toString());
                element.setLength(0);
            } else {
                element.append(c);
            }
        }
        elements.add(element.toString());
        return elements;
    }

    /** The bytes of a value in the field's type. */
    private byte[] encode(final String text) {
        final byte[] json = isQuoted(text) ? quoted(text) : text.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = StrictJson.parser(json, 0, json.length)) {
            if (StrictJson.next(parser) == null || parser.currentToken() == JsonToken.VALUE_NULL) {
                throw mismatch(text, "is=null finds nulls");
            }
            final byte[] bytes = encode(parser);
            StrictJson.requireEnd(parser);
            return bytes;
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        } catch (final DbException e) {
            throw e.code() == ErrorCode.INVALID_JSON ? mismatch(text, "see the contract's table of values") : e;
        }
    }

    /** Whether the value is a text in JSON; numbers may be texts too, but need not. */
    private boolean isQuoted(final String text) {
        final FieldType type = type();
        if (type instanceof VariableType || type instanceof EnumType || type == ScalarType.UUID) {
            return true;
        }
        if (type == ScalarType.BOOL || !(type instanceof ScalarType)) {
            return false;
        }
        final int first = text.startsWith("-") ? 1 : 0;
        final boolean isNumber = text.length() > first && Character.isDigit(text.charAt(first));
        return !isNumber || type == ScalarType.TIMESTAMP && text.indexOf('-', 1) > 0;
    }

    private static byte[] quoted(final String text) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = StrictJson.generator(bytes)) {
            json.writeString(text);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        return bytes.toByteArray();
    }

    private byte[] encode(final JsonParser parser) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64);
        final JsonFaults faults = new JsonFaults();
        final int end = new JsonToValue().encode(parser, type(), buffer, 0, Names.abbreviate(name), faults);
        if (!faults.isEmpty()) {
            final JsonFaults.Fault fault = faults.list().get(0);
            throw Query.fault(
                    "filter value does not fit its field: filter=" + fault.field() + ", expected=" + fault.expected()
                            + ", came=" + fault.came(),
                    name);
        }
        final ValueCursor value = new ValueCursor().wrap(buffer, 0, end);
        if (value.isNull()) {
            return null;
        }
        final byte[] bytes = new byte[value.length()];
        buffer.getBytes(value.offset(), bytes);
        return bytes;
    }

    private DbException mismatch(final String text, final String hint) {
        return Query.fault(
                "filter value does not fit its field: filter=" + Names.abbreviate(name) + ", expected="
                        + type().spelling() + ", came=" + Names.abbreviate(text) + "; " + hint,
                name);
    }
}
