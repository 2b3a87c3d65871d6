package io.taktdb.runtime.command;

import org.agrona.DirectBuffer;

/** What a command does, in a word or two, for reports. Threading: none of its own. */
public final class CommandName {
    private CommandName() {}

    /** Such as {@code procedure world.damage}, or {@code insert into table 3}. */
    public static String of(final DirectBuffer command, final int length) {
        return read(new CommandReader().wrap(command, 0, length));
    }

    private static String read(final CommandReader reader) {
        return switch (reader.readByte()) {
            case CommandOp.INSERT -> "insert into table " + reader.readInt();
            case CommandOp.REPLACE, CommandOp.MERGE, CommandOp.MERGE_PATCH, CommandOp.UPSERT ->
                "update of table " + reader.readInt();
            case CommandOp.DELETE -> "delete from table " + reader.readInt();
            case CommandOp.PUSH -> "push into " + reader.readText();
            case CommandOp.CALL -> "procedure " + reader.readText();
            case CommandOp.SCHEMA -> "schema change";
            case CommandOp.BATCH -> "transaction of " + reader.readInt() + " operations";
            case CommandOp.CLEAR -> "clear of table " + reader.readInt();
            case CommandOp.DELETE_WHERE -> "filtered delete from table " + reader.readInt();
            case CommandOp.RESTORE -> "restore of a world";
            case CommandOp.IF_SCHEMA -> {
                reader.readInt();
                yield read(reader);
            }
            case CommandOp.IF_RECORD -> {
                reader.skip(Integer.BYTES + Long.BYTES);
                reader.skip(reader.readInt() * Long.BYTES);
                yield read(reader);
            }
            case CommandOp.AS -> {
                reader.readText();
                reader.readLong();
                yield read(reader);
            }
            case CommandOp.LIFE -> "client coming or going";
            case CommandOp.RUN_SCHEDULE, CommandOp.SKIP_SCHEDULE -> "schedule " + reader.readLong();
            default -> "unknown command";
        };
    }
}
