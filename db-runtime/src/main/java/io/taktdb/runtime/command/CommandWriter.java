package io.taktdb.runtime.command;

import io.taktdb.core.table.RowFilter;
import io.taktdb.runtime.procedure.Client;
import io.taktdb.runtime.procedure.LifeEvent;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Encodes commands (see {@link CommandOp}) into a buffer of its own that grows as needed.
 *
 * <p>Call one {@code begin…} or {@code put…} method, write the rows it asks for through {@link #row}, then take
 * {@link #toSubmission}. Within {@link #beginBatch}, each command goes between {@link #beginEntry} and
 * {@link #endEntry}. Threading: one thread; a writer is used for one command.
 */
public final class CommandWriter {
    private final ExpandableArrayBuffer buffer;
    private final RowWriter rowWriter = new RowWriter();
    private int position;
    private int entryStart;
    private Ack ack = Ack.DEFAULT;
    private byte[] key;
    private CommandSource source;

    public CommandWriter() {
        this(256);
    }

    /**
     * @param initialBytes first capacity of the buffer
     */
    public CommandWriter(final int initialBytes) {
        buffer = new ExpandableArrayBuffer(initialBytes);
    }

    /** INSERT of {@code rows} rows, which must follow as {@link #beginRow} … {@link #endRow}. */
    public void beginInsert(final int tableId, final int rows) {
        putByte(CommandOp.INSERT);
        putInt(tableId);
        putInt(rows);
    }

    /** REPLACE, MERGE or UPSERT of one row, which must follow as {@link #row} … {@link #endRow}. */
    public void beginUpdate(final byte op, final int tableId, final long id) {
        putByte(op);
        putInt(tableId);
        putLong(id);
    }

    /** DELETE, whole. */
    public void putDelete(final int tableId, final long id) {
        putByte(CommandOp.DELETE);
        putInt(tableId);
        putLong(id);
    }

    /** CLEAR, whole. */
    public void putClear(final int tableId) {
        putByte(CommandOp.CLEAR);
        putInt(tableId);
    }

    /**
     * DELETE_WHERE, whole.
     *
     * @param table the table that the filters were made for
     */
    public void putDeleteWhere(final TableSchema table, final List<RowFilter> filters) {
        putByte(CommandOp.DELETE_WHERE);
        putInt(table.id());
        putInt(filters.size());
        for (final RowFilter filter : filters) {
            final Field field =
                    filter.position() == RowFilter.ID ? null : table.fields().get(filter.position());
            putInt(field == null ? DeleteWhere.ID : field.id());
            putByte(field == null ? ValueKind.U64 : ValueKind.of(field.type()));
            putByte((byte) filter.op().ordinal());
            putInt(filter.values().size());
            for (final byte[] value : filter.values()) {
                putInt(value == null ? DeleteWhere.NULL : value.length);
                if (value != null) {
                    buffer.putBytes(position, value);
                    position += value.length;
                }
            }
        }
    }

    /** PUSH into a collection; rows follow as {@link #beginRow} … {@link #endRow}, field id = position in keys. */
    public void beginPush(final String collection, final List<String> keys, final int rows) {
        putByte(CommandOp.PUSH);
        putText(collection);
        putInt(keys.size());
        for (final String key : keys) {
            putText(key);
        }
        putInt(rows);
    }

    /** CALL; the parameters follow as {@link #row} … {@link #endRow}. */
    public void beginCall(final String procedure) {
        putByte(CommandOp.CALL);
        putText(procedure);
    }

    /**
     * SCHEMA, whole.
     *
     * @param changesJson as SchemaJson writes it
     */
    public void putSchema(final byte[] changesJson) {
        putByte(CommandOp.SCHEMA);
        putInt(changesJson.length);
        buffer.putBytes(position, changesJson);
        position += changesJson.length;
    }

    /** Makes the command that follows depend on the schema's version. */
    public void putIfSchema(final int version) {
        putByte(CommandOp.IF_SCHEMA);
        putInt(version);
    }

    /**
     * Makes the command that follows depend on what a record is.
     *
     * @param hashes see {@link io.taktdb.core.table.RecordHash}; one must be the record's
     */
    public void putIfRecord(final int tableId, final long id, final List<Long> hashes) {
        putByte(CommandOp.IF_RECORD);
        putInt(tableId);
        putLong(id);
        putInt(hashes.size());
        hashes.forEach(this::putLong);
    }

    /** Says whose command it is that follows; {@link Client#NONE} writes nothing. */
    public void putAs(final Client client) {
        if (!client.equals(Client.NONE)) {
            putByte(CommandOp.AS);
            putText(client.name());
            putLong(client.connection());
        }
    }

    /** LIFE, whole. */
    public void putLife(final LifeEvent event, final Client client) {
        putByte(CommandOp.LIFE);
        putByte((byte) event.code());
        putText(client.name());
        putLong(client.connection());
    }

    /** RUN_SCHEDULE, whole. */
    public void putRunSchedule(final long id) {
        putByte(CommandOp.RUN_SCHEDULE);
        putLong(id);
    }

    /** SKIP_SCHEDULE, whole. */
    public void putSkipSchedule(final long id, final String error) {
        putByte(CommandOp.SKIP_SCHEDULE);
        putLong(id);
        putText(error);
    }

    /** BATCH of {@code count} commands. */
    public void beginBatch(final int count) {
        putByte(CommandOp.BATCH);
        putInt(count);
    }

    /** Starts the next command of a batch. */
    public void beginEntry() {
        entryStart = position;
        position += Integer.BYTES;
    }

    /** Ends the command that {@link #beginEntry} started. */
    public void endEntry() {
        buffer.putInt(entryStart, position - entryStart - Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Starts a row of an INSERT or PUSH.
     *
     * @param id the id that the client gave, if {@code hasId}
     */
    public RowWriter beginRow(final boolean hasId, final long id) {
        putByte((byte) (hasId ? 1 : 0));
        putLong(id);
        return row();
    }

    /** Starts a row without a head. */
    public RowWriter row() {
        return rowWriter.wrap(buffer, position);
    }

    /** Ends the row that was begun last. */
    public void endRow() {
        position = rowWriter.finish();
    }

    /** Rows of a PUSH that were encoded elsewhere, since the keys before them are only known after them. */
    public void putRows(final DirectBuffer rows, final int bytes) {
        buffer.putBytes(position, rows, 0, bytes);
        position += bytes;
    }

    /** RESTORE of a world that shows this commit and tick. */
    void putRestore(final long commit, final long tick) {
        putByte(CommandOp.RESTORE);
        putLong(commit);
        putLong(tick);
    }

    /** How many bytes were encoded. */
    public int length() {
        return position;
    }

    /** The buffer itself, for callers that correct a count after the fact. */
    public ExpandableArrayBuffer buffer() {
        return buffer;
    }

    /** Says who sends the command, so that senders take turns. */
    public CommandWriter source(final CommandSource sender) {
        source = sender;
        return this;
    }

    /** Says when the command is answered. */
    public CommandWriter ack(final Ack when) {
        ack = when;
        return this;
    }

    /**
     * Gives the command the key under which its sender may repeat it: what was done before is answered as it was, and
     * not done again, also after a restart. The journal keeps the key with the command, as one byte that says how many
     * bytes the name has, the name, and the print.
     *
     * @param name of the key, at least one byte
     * @param print of what is asked for: under the same name another one is CONFLICT
     */
    public CommandWriter key(final byte[] name, final byte[] print) {
        final int bytes = 1 + name.length + print.length;
        if (name.length < 1 || bytes > Submission.MAX_KEY_BYTES) {
            throw new IllegalArgumentException("key out of range: name=" + name.length + ", print=" + print.length
                    + ", limit=" + Submission.MAX_KEY_BYTES);
        }
        key = ByteBuffer.allocate(bytes)
                .put((byte) name.length)
                .put(name)
                .put(print)
                .array();
        return this;
    }

    /** The finished command with the one who waits for it. The writer must not be used any more. */
    public Submission toSubmission(final ReplyTo replyTo) {
        return new Submission(buffer, position, replyTo, ack, key, source);
    }

    private void putByte(final byte value) {
        buffer.putByte(position++, value);
    }

    private void putInt(final int value) {
        buffer.putInt(position, value, ByteOrder.LITTLE_ENDIAN);
        position += Integer.BYTES;
    }

    private void putLong(final long value) {
        buffer.putLong(position, value, ByteOrder.LITTLE_ENDIAN);
        position += Long.BYTES;
    }

    private void putText(final String text) {
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0xFFFF) {
            throw new IllegalArgumentException("text is too long for a command: bytes=" + utf8.length);
        }
        buffer.putShort(position, (short) utf8.length, ByteOrder.LITTLE_ENDIAN);
        position += Short.BYTES;
        buffer.putBytes(position, utf8);
        position += utf8.length;
    }
}
