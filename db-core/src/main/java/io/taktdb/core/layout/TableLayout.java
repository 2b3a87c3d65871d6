package io.taktdb.core.layout;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layout of one table's pages.
 *
 * <p>A chunk of {@link #rowsPerChunk()} rows has one page per group. Fields are packed, alignment 1, little-endian. The
 * id (8 bytes) lies first in group 0.
 *
 * <pre>
 *   columns, R rows per chunk            rows
 *   0        id of row 0 .. R-1          0      record of row 0: id, presence bytes, field 1, field 2 ..
 *   8R       field 1 of row 0 .. R-1     S      record of row 1
 *   ..       field 2 of row 0 .. R-1     2S     record of row 2
 *   end      presence bits of the optional fields, R bits each (at least one byte)
 * </pre>
 *
 * Threading: immutable.
 */
public final class TableLayout {
    /** The most rows of a chunk: with 1024, a column of 4-byte values is one page of the operating system. */
    public static final int MAX_CHUNK_ROWS = 1024;

    /** Rows of the only chunk of a small table. */
    public static final int SMALL_CHUNK_ROWS = 16;

    /** The most bytes of a page, unless a single row is larger. */
    public static final int MAX_PAGE_BYTES = 64 << 10;

    /** The most bytes that one row may take in its pages. */
    public static final int MAX_ROW_BYTES = 1 << 20;

    private static final int LINE_BYTES = 64;

    private final TableSchema schema;
    private final int rowsPerChunk;
    private final List<GroupPlan> groups;
    private final FieldPlace id;
    private final List<FieldPlace> fields;

    private TableLayout(
            final TableSchema schema,
            final int rowsPerChunk,
            final List<GroupPlan> groups,
            final FieldPlace id,
            final List<FieldPlace> fields) {
        this.schema = schema;
        this.rowsPerChunk = rowsPerChunk;
        this.groups = List.copyOf(groups);
        this.id = id;
        this.fields = List.copyOf(fields);
    }

    /**
     * The layout for a table of about so many rows: small tables get one small chunk.
     *
     * @param expectedRows rows that the layout must hold well; beyond them the table moves to a larger one
     */
    public static TableLayout of(final TableSchema schema, final long expectedRows) {
        final int most = maxChunkRows(schema);
        int rows = Math.min(most, SMALL_CHUNK_ROWS);
        while (rows < most && rows < expectedRows) {
            rows *= 2;
        }
        return ofChunkRows(schema, rows);
    }

    /**
     * The layout with chunks of a given size.
     *
     * @param rowsPerChunk a power of two, 1 to {@value #MAX_CHUNK_ROWS}
     */
    public static TableLayout ofChunkRows(final TableSchema schema, final int rowsPerChunk) {
        if (Integer.bitCount(rowsPerChunk) != 1 || rowsPerChunk < 1 || rowsPerChunk > MAX_CHUNK_ROWS) {
            throw new IllegalArgumentException(
                    "rows per chunk is no power of two up to " + MAX_CHUNK_ROWS + ": rowsPerChunk=" + rowsPerChunk);
        }
        final Map<String, List<Integer>> byGroup = groupFields(schema);
        final FieldPlace[] places = new FieldPlace[schema.fields().size()];
        final List<GroupPlan> groups = new ArrayList<>();
        for (final Map.Entry<String, List<Integer>> entry : byGroup.entrySet()) {
            final GroupLayout layout = schema.layoutOf(entry.getKey());
            final int group = groups.size();
            final GroupPlan plan = layout == GroupLayout.COLUMNS
                    ? placeColumns(schema, entry.getKey(), entry.getValue(), group, rowsPerChunk, places)
                    : placeRows(schema, entry.getKey(), entry.getValue(), group, rowsPerChunk, places);
            groups.add(plan);
        }
        final int idStride = groups.get(0).layout() == GroupLayout.COLUMNS
                ? Long.BYTES
                : groups.get(0).recordBytes();
        final FieldPlace id = new FieldPlace(null, 0, 0, idStride, Long.BYTES, -1, 0);
        return new TableLayout(schema, rowsPerChunk, groups, id, List.of(places));
    }

    /** The most rows of a chunk so that no page exceeds {@link #MAX_PAGE_BYTES}; at least 1. */
    public static int maxChunkRows(final TableSchema schema) {
        long rowBytes = 0;
        for (final GroupPlan plan : ofChunkRows(schema, 1).groups()) {
            rowBytes += plan.recordBytes();
        }
        if (rowBytes > MAX_ROW_BYTES) {
            throw new DbException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a row is too wide: table=" + schema.name() + ", rowBytes=" + rowBytes + ", limit=" + MAX_ROW_BYTES
                            + "; drop fields, or use string, bytes or json for the largest");
        }
        int rows = MAX_CHUNK_ROWS;
        while (rows > 1 && largestPage(schema, rows) > MAX_PAGE_BYTES) {
            rows /= 2;
        }
        return rows;
    }

    /** Bytes of the largest page of a chunk, presence bits included. */
    private static long largestPage(final TableSchema schema, final int rows) {
        long largest = 0;
        for (final Map.Entry<String, List<Integer>> entry : groupFields(schema).entrySet()) {
            final boolean isMain = entry.getKey().equals(Field.DEFAULT_GROUP);
            final boolean isColumns = schema.layoutOf(entry.getKey()) == GroupLayout.COLUMNS;
            long rowBytes = isMain ? Long.BYTES : 0;
            long optional = 0;
            for (final int member : entry.getValue()) {
                rowBytes += schema.fields().get(member).type().rowBytes();
                optional += schema.fields().get(member).optional() ? 1 : 0;
            }
            final long presence =
                    isColumns ? optional * presenceBytes(rows) : rows * ((optional + Byte.SIZE - 1) / Byte.SIZE);
            largest = Math.max(largest, rowBytes * rows + presence);
        }
        return largest;
    }

    /** Bytes of the presence bits of one column. */
    private static int presenceBytes(final int rows) {
        return Math.max(1, rows / Byte.SIZE);
    }

    private static Map<String, List<Integer>> groupFields(final TableSchema schema) {
        final Map<String, List<Integer>> byGroup = new LinkedHashMap<>();
        byGroup.put(Field.DEFAULT_GROUP, new ArrayList<>());
        for (int i = 0; i < schema.fields().size(); i++) {
            byGroup.computeIfAbsent(schema.fields().get(i).group(), name -> new ArrayList<>())
                    .add(i);
        }
        return byGroup;
    }

    private static GroupPlan placeColumns(
            final TableSchema schema,
            final String name,
            final List<Integer> members,
            final int group,
            final int rows,
            final FieldPlace[] places) {
        int offset = group == 0 ? Long.BYTES * rows : 0;
        int record = group == 0 ? Long.BYTES : 0;
        final int[] offsets = new int[members.size()];
        for (int i = 0; i < offsets.length; i++) {
            final int bytes = schema.fields().get(members.get(i)).type().rowBytes();
            offsets[i] = offset;
            offset = Math.addExact(offset, Math.multiplyExact(bytes, rows));
            record += bytes;
        }
        for (int i = 0; i < offsets.length; i++) {
            final Field field = schema.fields().get(members.get(i));
            final int bytes = field.type().rowBytes();
            final int presence = field.optional() ? offset : -1;
            offset += field.optional() ? presenceBytes(rows) : 0;
            places[members.get(i)] = new FieldPlace(field, group, offsets[i], bytes, bytes, presence, 0);
        }
        return new GroupPlan(name, GroupLayout.COLUMNS, record, alignToLine(offset));
    }

    private static GroupPlan placeRows(
            final TableSchema schema,
            final String name,
            final List<Integer> members,
            final int group,
            final int rows,
            final FieldPlace[] places) {
        final int presenceStart = group == 0 ? Long.BYTES : 0;
        int optional = 0;
        for (final int member : members) {
            optional += schema.fields().get(member).optional() ? 1 : 0;
        }
        int record = presenceStart + (optional + Byte.SIZE - 1) / Byte.SIZE;
        for (final int member : members) {
            record += schema.fields().get(member).type().rowBytes();
        }
        int offset = presenceStart + (optional + Byte.SIZE - 1) / Byte.SIZE;
        int bit = 0;
        for (final int member : members) {
            final Field field = schema.fields().get(member);
            final int bytes = field.type().rowBytes();
            final int presence = field.optional() ? presenceStart + bit / Byte.SIZE : -1;
            places[member] = new FieldPlace(field, group, offset, record, bytes, presence, bit % Byte.SIZE);
            bit += field.optional() ? 1 : 0;
            offset += bytes;
        }
        return new GroupPlan(name, GroupLayout.ROWS, record, alignToLine(Math.multiplyExact(record, rows)));
    }

    private static int alignToLine(final int bytes) {
        return Math.max(LINE_BYTES, (bytes + LINE_BYTES - 1) & -LINE_BYTES);
    }

    public TableSchema schema() {
        return schema;
    }

    /** Rows of a chunk, a power of two. */
    public int rowsPerChunk() {
        return rowsPerChunk;
    }

    /** {@code row >>> chunkShift()} is the chunk. */
    public int chunkShift() {
        return Integer.numberOfTrailingZeros(rowsPerChunk);
    }

    public List<GroupPlan> groups() {
        return groups;
    }

    /** The place of the id. */
    public FieldPlace id() {
        return id;
    }

    /** Places in the order of the schema's fields. */
    public List<FieldPlace> fields() {
        return fields;
    }

    /** Bytes that a row takes in all groups, presence bits aside. */
    public int rowBytes() {
        int sum = Long.BYTES;
        for (final FieldPlace place : fields) {
            sum += place.bytes();
        }
        return sum;
    }

    /** Whether every value lies where it does in another layout: then only names and defaults differ. */
    public boolean hasPlacesOf(final TableLayout other) {
        if (rowsPerChunk != other.rowsPerChunk
                || !groups.equals(other.groups)
                || fields.size() != other.fields.size()) {
            return false;
        }
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).isSamePlaceAs(other.fields.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a group has the same fields in the same places in another layout, so that its pages are the same. */
    public boolean hasGroupOf(final TableLayout other, final int group) {
        if (rowsPerChunk != other.rowsPerChunk || !groups.get(group).equals(other.groups.get(group))) {
            return false;
        }
        final List<FieldPlace> here =
                fields.stream().filter(place -> place.group() == group).toList();
        final List<FieldPlace> there =
                other.fields.stream().filter(place -> place.group() == group).toList();
        boolean same = here.size() == there.size();
        for (int i = 0; same && i < here.size(); i++) {
            same = here.get(i).isSamePlaceAs(there.get(i));
        }
        return same;
    }

    /** The byte ranges of a group's page that a write of a field's whole column touches: offset, length, ... */
    public int[] rangesOf(final int field) {
        final FieldPlace place = fields.get(field);
        if (groups.get(place.group()).layout() == GroupLayout.ROWS) {
            return new int[] {0, rowsPerChunk * place.stride()};
        }
        final int column = rowsPerChunk * place.stride();
        return place.isOptional()
                ? new int[] {place.offset(), column, place.presenceOffset(), presenceBytes(rowsPerChunk)}
                : new int[] {place.offset(), column};
    }
}
