package io.taktdb.bench.rewrite;

import io.taktdb.bench.report.Samples;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.RenameField;
import io.taktdb.types.schema.SchemaChange.WidenField;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Changes a table of many rows, one change after the other, each in one step.
 *
 * <p>Threading: one thread.
 */
final class SchemaBench {
    private static final String TABLE = "mob";
    private static final int VECTOR_BYTES = 3 * Float.BYTES;
    private static final int ROWS_PER_COMMIT = 4096;
    private static final int TIDY_COMMITS = 4000;

    private final Map<String, Samples> millis = new LinkedHashMap<>();
    private final int rows;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private long tick;

    SchemaBench(final int rows) {
        this.rows = rows;
    }

    /** Milliseconds by change, one sample for each round. */
    Map<String, Samples> millis() {
        return millis;
    }

    /** One table from its making to its end. */
    void round() {
        try (Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0)) {
            fill(database);
            time(
                    database,
                    "add field with default",
                    new AddField(TABLE, FieldSpec.of("level", "i32").withDefault("7")));
            time(
                    database,
                    "add field in a group of its own",
                    new AddField(
                            TABLE,
                            FieldSpec.of("note", "string").inGroup("cold").asOptional()));
            time(database, "widen i32 to i64", new WidenField(TABLE, "hp", "i64"));
            time(database, "drop field", new DropField(TABLE, "level"));
            time(database, "rename field", new RenameField(TABLE, "hp", "health"));
            time(database, "index of random i64", new CreateIndex(TABLE, IndexSpec.ordered("by_health", "health")));
            time(database, "index of texts", new CreateIndex(TABLE, IndexSpec.ordered("by_name", "name")));
            tidy(database);
        }
    }

    private void fill(final Database database) {
        database.change(CreateTable.of(
                TABLE,
                FieldSpec.of("pos", "3xf32"),
                FieldSpec.of("vel", "3xf32"),
                FieldSpec.of("hp", "i32"),
                FieldSpec.of("owner", "u64").asOptional(),
                FieldSpec.of("name", "string")));
        final Table table = database.table(TABLE);
        final Random random = new Random(1);
        final UnsafeBuffer vector = new UnsafeBuffer(new byte[VECTOR_BYTES]);
        final RowCursor row = new RowCursor();
        for (int i = 0; i < rows; i++) {
            final RowWriter writer = new RowWriter().wrap(buffer, 0);
            writer.field(1).putBytes(ValueKind.VECTOR, vector, 0, VECTOR_BYTES);
            writer.field(2).putBytes(ValueKind.VECTOR, vector, 0, VECTOR_BYTES);
            writer.field(3).putScalar(ValueKind.of(ScalarType.I32), random.nextInt());
            writer.field(4).putScalar(ValueKind.U64, random.nextInt(1000));
            writer.field(5).putString("mob number " + i);
            table.writes().insert(row.wrap(buffer, 0, writer.finish()));
            if (i % ROWS_PER_COMMIT == 0) {
                database.commit(++tick);
            }
        }
        database.commit(++tick);
    }

    private void time(final Database database, final String what, final SchemaChange change) {
        final long startNs = System.nanoTime();
        database.change(change);
        note(what, System.nanoTime() - startNs);
        database.commit(++tick);
        database.commit(++tick);
    }

    private void note(final String what, final long ns) {
        millis.computeIfAbsent(what, name -> new Samples()).add(ns / 1e6);
    }

    /** Deletes most texts, and finds the longest commit among those in which the heap is compacted. */
    private void tidy(final Database database) {
        final Table table = database.table(TABLE);
        final int name = table.schema().field("name").id();
        for (int id = 1; id <= rows; id++) {
            if (id % 10 != 0) {
                final RowWriter writer = new RowWriter().wrap(buffer, 0);
                writer.field(name).putString("");
                table.writes().merge(id, new RowCursor().wrap(buffer, 0, writer.finish()));
            }
            if (id % ROWS_PER_COMMIT == 0) {
                database.settle();
            }
        }
        database.commit(++tick);
        long longest = 0;
        long sum = 0;
        for (int i = 0; i < TIDY_COMMITS; i++) {
            final long startNs = System.nanoTime();
            database.commit(++tick);
            final long ns = System.nanoTime() - startNs;
            longest = Math.max(longest, ns);
            sum += ns;
        }
        note("heap compaction, longest commit", longest);
        note("heap compaction, mean commit", sum / TIDY_COMMITS);
    }
}
