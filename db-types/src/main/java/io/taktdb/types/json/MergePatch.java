package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Merges a patch into a JSON text, as RFC 7396 says: objects merge member by member, null removes a member, and
 * anything else takes the place of what was there. What the patch does not name keeps its text, its digits and its
 * order; new members come last, in the patch's order.
 *
 * <p>Threading: one thread.
 */
public final class MergePatch {
    private final JsonTextCopy copier = new JsonTextCopy();
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();

    /** A patch's value: an object's members, or the text that replaces; neither for null, which removes. */
    private record Patch(Map<String, Patch> members, byte[] text) {
        boolean isNull() {
            return members == null && text == null;
        }
    }

    /**
     * Merges.
     *
     * @param target on the first token of the value to change, or with no token for one that is not there
     * @param patch on its first token
     * @return the first index after the result, which is compact
     * @throws io.taktdb.types.error.DbException INVALID_JSON or LIMIT_EXCEEDED
     */
    public int merge(final JsonParser target, final JsonParser patch, final MutableDirectBuffer out, final int index) {
        try {
            return write(target, read(patch), out, index);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    private Patch read(final JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return new Patch(null, null);
        }
        if (in.currentToken() != JsonToken.START_OBJECT) {
            final byte[] text = new byte[copier.copy(in, scratch, 0)];
            scratch.getBytes(0, text);
            return new Patch(null, text);
        }
        final Map<String, Patch> members = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            final String name = in.currentName();
            in.nextToken();
            members.put(name, read(in));
            StrictJson.checkKeys(members.size());
        }
        return new Patch(members, null);
    }

    private int write(final JsonParser target, final Patch patch, final MutableDirectBuffer out, final int index)
            throws IOException {
        if (patch.members == null) {
            target.skipChildren();
            out.putBytes(index, patch.isNull() ? "null".getBytes(StandardCharsets.US_ASCII) : patch.text);
            return index + (patch.isNull() ? 4 : patch.text.length);
        }
        int at = index;
        out.putByte(at++, (byte) '{');
        final int first = at;
        final Map<String, Patch> left = new LinkedHashMap<>(patch.members);
        if (target.currentToken() == JsonToken.START_OBJECT) {
            while (target.nextToken() != JsonToken.END_OBJECT) {
                final String name = target.currentName();
                target.nextToken();
                final Patch change = left.remove(name);
                if (change != null && change.isNull()) {
                    target.skipChildren();
                    continue;
                }
                at = name(name, out, at, first);
                at = change == null ? copier.copy(target, out, at) : write(target, change, out, at);
            }
        } else {
            target.skipChildren();
        }
        for (final Map.Entry<String, Patch> added : left.entrySet()) {
            if (!added.getValue().isNull()) {
                at = name(added.getKey(), out, at, first);
                at = add(added.getValue(), out, at);
            }
        }
        out.putByte(at, (byte) '}');
        return at + 1;
    }

    /** What a patch makes where there was nothing: itself, without its nulls. */
    private static int add(final Patch patch, final MutableDirectBuffer out, final int index) {
        if (patch.members == null) {
            out.putBytes(index, patch.text);
            return index + patch.text.length;
        }
        int at = index;
        out.putByte(at++, (byte) '{');
        final int first = at;
        for (final Map.Entry<String, Patch> member : patch.members.entrySet()) {
            if (!member.getValue().isNull()) {
                at = name(member.getKey(), out, at, first);
                at = add(member.getValue(), out, at);
            }
        }
        out.putByte(at, (byte) '}');
        return at + 1;
    }

    private static int name(final String name, final MutableDirectBuffer out, final int index, final int first) {
        int at = index;
        if (at != first) {
            out.putByte(at++, (byte) ',');
        }
        final char[] chars = name.toCharArray();
        at = JsonTextCopy.quote(chars, 0, chars.length, out, at);
        out.putByte(at, (byte) ':');
        return at + 1;
    }
}
