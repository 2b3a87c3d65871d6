package io.taktdb.api.json;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.TableSchema;
import java.util.Arrays;

/** Which records of a table are wanted, in ascending order of ids, and how they are written. Threading: immutable. */
public final class RecordQuery {
    public static final int MAX_LIMIT = 1000;
    public static final int DEFAULT_LIMIT = 50;

    private final int limit;
    private final long offset;
    private final Long after;
    private final int[] fields;
    private final JsonStyle style;

    /**
     * A query.
     *
     * @param limit the most records, 1 to {@value #MAX_LIMIT}
     * @param offset records to pass over first
     * @param after only ids above this one, as u64; null for all
     * @param fields positions of the wanted fields, null for all; the id is always written
     */
    public RecordQuery(
            final int limit, final long offset, final Long after, final int[] fields, final JsonStyle style) {
        this.limit = limit;
        this.offset = offset;
        this.after = after;
        this.fields = fields == null ? null : fields.clone();
        this.style = style;
    }

    /**
     * Positions of the fields that a list names.
     *
     * @param names separated by commas; null for all
     * @return null for all
     * @throws DbException INVALID_PARAMETER
     */
    public static int[] positions(final String names, final TableSchema table) {
        if (names == null) {
            return null;
        }
        final String[] wanted = names.split(",", -1);
        final int[] positions = new int[wanted.length];
        int count = 0;
        for (final String name : wanted) {
            final int position = table.indexOf(name);
            if (position >= 0) {
                positions[count++] = position;
            } else if (!Names.ID.equals(name)) {
                throw new DbException(
                                ErrorCode.INVALID_PARAMETER,
                                table.fieldNotFound(name).getMessage())
                        .with("parameter", "fields");
            }
        }
        return Arrays.copyOf(positions, count);
    }

    public int limit() {
        return limit;
    }

    public long offset() {
        return offset;
    }

    Long after() {
        return after;
    }

    int[] fields() {
        return fields;
    }

    public JsonStyle style() {
        return style;
    }
}
