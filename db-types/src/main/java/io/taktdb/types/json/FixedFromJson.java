package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.VectorType;
import io.taktdb.types.value.ValueForm;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * Reads JSON into the bytes that a fixed-size value has in its row: scalars, enums, vectors, composites.
 *
 * <p>Every method starts on the value's first token, ends on its last one, and reports a fault instead of throwing.
 * Threading: one thread.
 */
final class FixedFromJson {
    private final JsonPath path;
    private final ScalarFromJson scalars;
    private final BitSet[] found = new BitSet[CompositeType.MAX_DEPTH];
    private JsonParser parser;
    private MutableDirectBuffer out;
    private JsonFaults faults;
    private int depth;
    private boolean partial;

    /**
     * @param path where the caller is, for faults
     */
    FixedFromJson(final JsonPath path) {
        this.path = path;
        this.scalars = new ScalarFromJson(path);
    }

    /** Reads one value whose bytes start at {@code at}. */
    void read(
            final JsonParser source,
            final FieldType type,
            final MutableDirectBuffer target,
            final int at,
            final JsonFaults collected)
            throws IOException {
        parser = source;
        out = target;
        faults = collected;
        depth = 0;
        value(type, at);
    }

    /**
     * The same for the patch of a composite, whose members may be absent; the others keep the bytes of {@code target}.
     */
    void readPatch(
            final JsonParser source,
            final CompositeType type,
            final MutableDirectBuffer target,
            final int at,
            final JsonFaults collected)
            throws IOException {
        partial = true;
        try {
            read(source, type, target, at, collected);
        } finally {
            partial = false;
        }
    }

    private void value(final FieldType type, final int at) throws IOException {
        if (type instanceof CompositeType composite) {
            composite(composite, at);
        } else if (type instanceof VectorType vector) {
            vector(vector, at);
        } else if (type instanceof EnumType listed) {
            enumeration(listed, at);
        } else {
            scalars.read(parser, type, out, at, faults);
        }
    }

    private void enumeration(final EnumType type, final int at) throws IOException {
        int position = -1;
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            position = type.indexOf(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }
        if (position < 0) {
            fault(expectedNames(type));
        } else {
            ValueForm.putRaw(out, at, type.rowBytes(), position);
        }
    }

    private String expectedNames(final EnumType type) throws IOException {
        final String names = type.names().size() > 16 ? "" : ": one of " + String.join(", ", type.names());
        final String near =
                parser.currentToken() == JsonToken.VALUE_STRING ? faults.suggestion(parser.getText(), type::names) : "";
        return (type.name() == null ? "enum" : type.name()) + names + near;
    }

    private void vector(final VectorType type, final int at) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            fault(type.spelling() + " (array of " + type.length() + ")");
            return;
        }
        final int size = type.element().rowBytes();
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count < type.length()) {
                path.enterPosition(count);
                scalars.read(parser, type.element(), out, at + count * size, faults);
                path.leave();
            } else {
                parser.skipChildren();
            }
            count++;
        }
        if (count != type.length()) {
            faults.add(path.toString(), type.spelling() + " (array of " + type.length() + ")", "array of " + count);
        }
    }

    private void composite(final CompositeType type, final int at) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            fault(type.spelling() + " (object)");
            return;
        }
        final List<CompositeType.Member> members = type.members();
        final BitSet seen = beginMembers();
        int keys = 0;
        int guess = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            StrictJson.checkKeys(++keys);
            final String name = parser.currentName();
            parser.nextToken();
            final int position = positionOf(members, name, guess);
            if (position < 0) {
                unknownMember(type, name);
                continue;
            }
            guess = position + 1;
            seen.set(position);
            path.enterMember(members.get(position).name());
            value(members.get(position).type(), at + members.get(position).offset());
            path.leave();
        }
        depth--;
        if (partial) {
            return;
        }
        for (int i = seen.nextClearBit(0); i < members.size(); i = seen.nextClearBit(i + 1)) {
            path.enterMember(members.get(i).name());
            faults.add(path.toString(), members.get(i).type().spelling() + " (required)", JsonFaults.ABSENT);
            path.leave();
        }
    }

    private BitSet beginMembers() {
        if (found[depth] == null) {
            found[depth] = new BitSet();
        }
        found[depth].clear();
        return found[depth++];
    }

    /** Members mostly come in declared order, so the one after the last is tried first. */
    private static int positionOf(final List<CompositeType.Member> members, final String name, final int guess) {
        if (guess < members.size() && members.get(guess).name().equals(name)) {
            return guess;
        }
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private void unknownMember(final CompositeType type, final String name) throws IOException {
        path.enterMember(Names.abbreviate(name));
        fault("a member of " + type.name()
                + faults.suggestion(
                        name,
                        () -> type.members().stream()
                                .map(CompositeType.Member::name)
                                .toList()));
        path.leave();
    }

    private void fault(final String expected) throws IOException {
        faults.add(path.toString(), expected, JsonCame.describe(parser));
        parser.skipChildren();
    }
}
