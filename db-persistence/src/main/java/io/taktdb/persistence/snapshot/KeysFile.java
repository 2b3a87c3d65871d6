package io.taktdb.persistence.snapshot;

import io.taktdb.persistence.storage.StorageError;
import io.taktdb.runtime.command.DoneCommand;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;

/**
 * Layout of {@code keys.bin}: the commands with idempotency keys that were done up to the snapshot, oldest first, with
 * their answers. All numbers are little-endian; the manifest has a checksum of the whole file.
 *
 * <pre>
 *   OFFSET  SIZE  DESCRIPTION
 *        0     8  magic, the letters TAKTKEYS
 *        8     4  format version, 1
 *       12     4  s, schemas
 *       16     4  c, commands
 *       20        s times: 4 n, n a schema's stored form
 *                 c times: 8 commit, 8 tick, 1 k, k the key as the journal has it, 1: 1 = with its answer; then
 *                          4 number of the schema that it is read with, -1: none; 4 n, n bytes; a value, see
 *                          {@link AnswerValue}
 * </pre>
 *
 * An answer whose schema is one too many is left out: such a command is known to be done, and its answer is not.
 * Threading: none of its own.
 */
final class KeysFile {
    /** The file's name in the snapshot's folder. */
    static final String NAME = "keys.bin";

    static final int VERSION = 1;

    /** The most schemas. */
    static final int MAX_SCHEMAS = 8;

    private static final long MAGIC = 0x5359_454B_544B_4154L; // "TAKTKEYS", little-endian

    private KeysFile() {}

    /** The bytes of the file. */
    static byte[] write(final List<DoneCommand> commands) {
        final IdentityHashMap<Schema, Integer> schemas = new IdentityHashMap<>();
        final List<Schema> inOrder = new ArrayList<>();
        for (int i = commands.size() - 1; i >= 0 && inOrder.size() < MAX_SCHEMAS; i--) {
            final Schema schema = commands.get(i).schema();
            if (schema != null && schemas.putIfAbsent(schema, inOrder.size()) == null) {
                inOrder.add(schema);
            }
        }
        final Bytes<byte[]> out = Bytes.allocateElasticOnHeap();
        out.writeLong(MAGIC).writeInt(VERSION).writeInt(inOrder.size()).writeInt(commands.size());
        for (final Schema schema : inOrder) {
            AnswerValue.bytes(out, SchemaJson.toStored(schema));
        }
        for (final DoneCommand command : commands) {
            write(out, command, schemas);
        }
        return out.toByteArray();
    }

    private static void write(
            final Bytes<?> out, final DoneCommand command, final IdentityHashMap<Schema, Integer> schemas) {
        final Integer schema = command.schema() == null ? Integer.valueOf(-1) : schemas.get(command.schema());
        final boolean hasAnswer = command.hasAnswer() && schema != null;
        out.writeLong(command.commit()).writeLong(command.tick()).writeByte((byte) command.key().length);
        out.write(command.key());
        out.writeByte((byte) (hasAnswer ? 1 : 0));
        if (hasAnswer) {
            out.writeInt(schema);
            AnswerValue.bytes(out, command.reply());
            AnswerValue.write(out, command.result());
        }
    }

    /**
     * Reads the bytes of the file, whose checksum was right.
     *
     * @throws DbException STORAGE_DAMAGED
     */
    static List<DoneCommand> read(final byte[] bytes, final Path path) {
        final Bytes<ByteBuffer> in = Bytes.wrapForRead(ByteBuffer.wrap(bytes));
        try {
            if (in.readLong() != MAGIC) {
                throw StorageError.damaged(path, 0, "not a file of keys: magic is wrong");
            }
            final int version = in.readInt();
            if (version != VERSION) {
                throw StorageError.damaged(path, 8, "unknown format version " + version);
            }
            return read(in);
        } catch (final DbException e) {
            throw e;
        } catch (final RuntimeException e) {
            throw StorageError.damaged(path, in.readPosition(), "keys are not what their format says, " + e);
        }
    }

    private static List<DoneCommand> read(final Bytes<?> in) {
        final int schemaCount = in.readInt();
        final int count = in.readInt();
        final List<Schema> schemas = new ArrayList<>();
        for (int i = 0; i < schemaCount; i++) {
            schemas.add(SchemaJson.fromStored(AnswerValue.bytes(in)));
        }
        final List<DoneCommand> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commands.add(readOne(in, schemas));
        }
        return commands;
    }

    private static DoneCommand readOne(final Bytes<?> in, final List<Schema> schemas) {
        final long commit = in.readLong();
        final long tick = in.readLong();
        final byte[] key = new byte[in.readUnsignedByte()];
        in.read(key);
        if (in.readByte() == 0) {
            return new DoneCommand(key, null, null, null).committed(commit, tick);
        }
        final int schema = in.readInt();
        final byte[] reply = AnswerValue.bytes(in);
        final Object result = AnswerValue.read(in);
        final Schema readWith = schema < 0 ? null : schemas.get(schema);
        if (result instanceof List<?> parts) {
            parts.stream().filter(Submission.class::isInstance).forEach(part -> ((Submission) part).schema(readWith));
        }
        return new DoneCommand(key, reply, result, readWith).committed(commit, tick);
    }
}
