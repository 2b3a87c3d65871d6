package io.taktdb.runtime.command;

import io.taktdb.core.state.State;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.Schema;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * One command on its way through the loop and back.
 *
 * <p>What comes back: either {@link #error()}, or the commit that the command became part of, with
 *
 * <ul>
 *   <li>INSERT, REPLACE, MERGE, UPSERT: {@link #reply()} = per row {@code id u64, row} (see RowWriter: every field of
 *       the table, nulls included, by field id) as the command left it, read with {@link #schema()};
 *   <li>PUSH: {@code reply()} = rows i32, per row {@code id u64}; {@link #result()} = a {@link PushResult};
 *   <li>DELETE: nothing; CLEAR, DELETE_WHERE: {@code result()} = number of rows deleted, a Long;
 *   <li>CALL: {@code result()} = what the procedure returned, a record, scalar, list or null;
 *   <li>SCHEMA, RESTORE: {@link #schema()} = the schema after the change;
 *   <li>BATCH: {@code result()} = a list with one {@link Submission} per command, each read by the rules above.
 * </ul>
 *
 * Threading: written by the asking thread, then by the tick thread, then read by whoever {@link ReplyTo} hands it to;
 * the two hand-offs order the accesses.
 */
public final class Submission {
    /** The most bytes of a {@link #key}. */
    public static final int MAX_KEY_BYTES = 255;

    private final DirectBuffer command;
    private final int length;
    private final ReplyTo replyTo;
    private final Ack ack;
    private final byte[] key;
    private final CommandSource source;
    private long number;
    private State world;
    private ExpandableArrayBuffer reply;
    private int replyLength;
    private Object result;
    private DbException error;
    private Schema schema;
    private long commit;
    private long tick;
    private boolean isRepeated;

    Submission(
            final DirectBuffer command,
            final int length,
            final ReplyTo replyTo,
            final Ack ack,
            final byte[] key,
            final CommandSource source) {
        this.source = source;
        this.command = command;
        this.length = length;
        this.replyTo = replyTo;
        this.ack = ack;
        this.key = key;
    }

    /**
     * A command out of a journal, which nobody waits for.
     *
     * @param key as it was, or null
     */
    public static Submission replayed(final DirectBuffer command, final int length, final byte[] key) {
        return new Submission(command, length, null, Ack.TICK, key, null);
    }

    /** A part of a batch whose answer was kept. */
    public static Submission answered(final byte[] reply, final Object result) {
        final Submission part = replayed(null, 0, null);
        part.replyBuffer().putBytes(0, reply);
        part.replyLength = reply.length;
        part.result = result;
        return part;
    }

    /**
     * A RESTORE.
     *
     * @param world what is to be in the place of everything; under a lease that stays open until the reply
     */
    public static Submission restore(final State world, final ReplyTo replyTo) {
        final CommandWriter command = new CommandWriter(32);
        command.putRestore(world.commit(), world.tick());
        final Submission restore = command.ack(Ack.TICK).toSubmission(replyTo);
        restore.world = world;
        return restore;
    }

    /** The world that a RESTORE brings; null for every other command. */
    State world() {
        return world;
    }

    /** The command's bytes, from index 0 to {@link #length()}. */
    public DirectBuffer command() {
        return command;
    }

    /** How many bytes the command has. */
    public int length() {
        return length;
    }

    public ReplyTo replyTo() {
        return replyTo;
    }

    /** When the sender wants the answer. */
    public Ack ack() {
        return ack;
    }

    /** The key under which the sender may repeat the command, see {@link CommandWriter#key}; or null. */
    public byte[] key() {
        return key;
    }

    /** Whether this is the answer of an earlier command with the same key, and nothing was done again. */
    public boolean isRepeated() {
        return isRepeated;
    }

    /** Takes over the answer of the same command when it was done. Tick thread only. */
    void repeat(final DoneCommand done) {
        isRepeated = true;
        replyBuffer().putBytes(0, done.reply());
        replyLength = done.reply().length;
        result = done.result();
        schema = done.schema();
        committed(done.commit(), done.tick());
    }

    /** Who sent the command, or null. */
    public CommandSource source() {
        return source;
    }

    /** Number of the command within its tick, from which its random numbers come. */
    public long number() {
        return number;
    }

    /** Sets the number. Tick thread only. */
    public void number(final long value) {
        number = value;
    }

    /** Bytes of the answer, from index 0 to {@link #replyLength()}; null when there are none. */
    public DirectBuffer reply() {
        return reply;
    }

    /** How many bytes the answer has. */
    public int replyLength() {
        return replyLength;
    }

    /** The answer that is no bytes, see above. */
    public Object result() {
        return result;
    }

    /** Why the command was refused, or null: then it is committed. */
    public DbException error() {
        return error;
    }

    /** The schema after the command. */
    public Schema schema() {
        return schema;
    }

    /** Number of the commit that holds the command's effect; of the newest one when it was refused. */
    public long commit() {
        return commit;
    }

    /** Tick of that commit. */
    public long tick() {
        return tick;
    }

    /** The buffer for the answer, made on first use. Tick thread only. */
    public ExpandableArrayBuffer replyBuffer() {
        if (reply == null) {
            reply = new ExpandableArrayBuffer(256);
        }
        return reply;
    }

    /** Sets how far {@link #replyBuffer()} was written. Tick thread only. */
    public void replyLength(final int bytes) {
        replyLength = bytes;
    }

    /** Sets the answer that is no bytes. Tick thread only. */
    public void result(final Object value) {
        result = value;
    }

    /** Sets the schema after the command. Tick thread only. */
    public void schema(final Schema value) {
        schema = value;
    }

    /** Refuses the command; whatever it answered so far is dropped. */
    public void refuse(final DbException why) {
        error = why;
        result = null;
        replyLength = 0;
    }

    /** Says which commit holds the effect. Tick thread only. */
    public void committed(final long commitNumber, final long tickNumber) {
        if (isRepeated && commit > 0) {
            return; // it was committed when it was done
        }
        commit = commitNumber;
        tick = tickNumber;
    }
}
