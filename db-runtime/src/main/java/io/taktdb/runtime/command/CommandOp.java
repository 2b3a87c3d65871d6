package io.taktdb.runtime.command;

/**
 * The first byte of a command, and the format of what follows.
 *
 * <pre>
 *   INSERT   1   tableId i32, rows i32, per row: hasId u8, id u64, row
 *   REPLACE  2   tableId i32, id u64, row                    absent fields take their default
 *   MERGE    3   tableId i32, id u64, row                    absent fields stay
 *   UPSERT   4   tableId i32, id u64, row                    insert with that id, or replace
 *   DELETE   5   tableId i32, id u64
 *   PUSH     6   collection str, keys i32, per key: name str; rows i32, per row: hasId u8, id u64, row
 *   CALL     7   procedure str, row                          field id = position of the parameter
 *   SCHEMA   8   changes: length i32, UTF-8 JSON
 *   BATCH    9   count i32, per command: length i32, command (no BATCH within)
 *   CLEAR   10   tableId i32                                 deletes every row
 *   DELETE_WHERE  11  tableId i32, filters i32, per filter: fieldId i32 (-1 = id), kind u8, op u8, values i32,
 *                     per value: length i32 (-1 = null), bytes; all must hold
 *   RESTORE 12   commit i64, tick i64                        another world in the place of this one, which comes beside
 *                                                            the bytes: what follows it can only be replayed on a
 *                                                            snapshot that was taken after it
 *   IF_SCHEMA     13  version i32, command                   refused unless the schema has that version
 *   IF_RECORD     14  tableId i32, id u64, hashes i32, per hash: i64; command
 *                                                            refused unless the record has one of these hashes
 *   MERGE_PATCH   15  tableId i32, id u64, row               as MERGE; values of kind patch are merged into those there
 *   AS            16  name str, connection i64, command      the command of a client
 *   LIFE          17  event u8, name str, connection i64     what modules do when a client comes or goes: see LifeEvent
 *   RUN_SCHEDULE  18  id u64                                 moves a schedule on, and calls what it says
 *   SKIP_SCHEDULE 19  id u64, error str                      moves a schedule on whose run failed
 *
 *   str = length u16, UTF-8 bytes; row = see RowWriter; all integers little-endian.
 *   In PUSH, a row's field ids are positions in the list of keys and its values have the kinds that JSON has:
 *   null, bool, i64, f64, string, json. In DELETE_WHERE, kind is the field's ValueKind, and op the position in
 *   RowFilter.Op: = &lt;&gt; &lt; &lt;= &gt; &gt;= in like.
 * </pre>
 *
 * The numbers are part of the journal's format: they are never given a new meaning.
 */
public final class CommandOp {
    public static final byte INSERT = 1;
    public static final byte REPLACE = 2;
    public static final byte MERGE = 3;
    public static final byte UPSERT = 4;
    public static final byte DELETE = 5;
    public static final byte PUSH = 6;
    public static final byte CALL = 7;
    public static final byte SCHEMA = 8;
    public static final byte BATCH = 9;
    public static final byte CLEAR = 10;
    public static final byte DELETE_WHERE = 11;
    public static final byte RESTORE = 12;
    public static final byte IF_SCHEMA = 13;
    public static final byte IF_RECORD = 14;
    public static final byte MERGE_PATCH = 15;
    public static final byte AS = 16;
    public static final byte LIFE = 17;
    public static final byte RUN_SCHEDULE = 18;
    public static final byte SKIP_SCHEDULE = 19;

    private CommandOp() {}
}
