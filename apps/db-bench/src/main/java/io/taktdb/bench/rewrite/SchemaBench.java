package io.taktdb.bench.rewrite;

import io.taktdb.bench.report.Samples;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.table.RowEditor;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.core.transaction.SchemaPreparation;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Changes a table of many rows, one change after the other: each in one step, and then taken back and prepared over
 * many ticks, as the loop does it, in each of which some rows change.
 *
 * <p>Threading: one thread.
 */
final class SchemaBench {
    private static final String TABLE = "mob";
    private static final int VECTOR_BYTES = 3 * Float.BYTES;
    private static final int ROWS_PER_COMMIT = 4096;
    private static final int TIDY_COMMITS = 4000;
    private static final int CHANGED_ROWS = 100;
    private static final long PERIOD_NS = 1_000_000_000L / 60;
    private static final long BUDGET_NS = PERIOD_NS / 16; // as the loop has it
    private static final long SLICE_NS = 200_000;

    private final Map<String, Samples> millis = new LinkedHashMap<>();
    private final int rows;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final Random random = new Random(2);
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
        final int mark = database.mark();
        note(what, change(database, change));
        database.rollback(mark);
        settle(database);
        prepared(database, what, change);
        settle(database);
    }

    private static long change(final Database database, final SchemaChange change) {
        final long startNs = System.nanoTime();
        database.change(change);
        return System.nanoTime() - startNs;
    }

    private void settle(final Database database) {
        database.commit(++tick);
        database.commit(++tick);
    }

    /**
     * The longest step of those that a tick would have to wait for: of the budget in a tick, of the slices while the
     * loop waits, of which half the period is used, and the change itself.
     */
    private void prepared(final Database database, final String what, final SchemaChange change) {
        final SchemaPreparation preparation = SchemaPreparation.begin(database, List.of(change));
        long longest = 0;
        int ticks = 1;
        boolean ready = preparation == null;
        while (!ready) {
            ticks++;
            touch(database);
            database.commit(++tick);
            final long tickNs = System.nanoTime();
            long budgetNs = BUDGET_NS;
            do {
                final long startNs = System.nanoTime();
                ready = preparation.advance(startNs + budgetNs);
                longest = Math.max(longest, System.nanoTime() - startNs);
                budgetNs = SLICE_NS;
            } while (!ready && System.nanoTime() - tickNs < PERIOD_NS / 2);
        }
        note(what + ", longest step", longest);
        note(what + ", the change", change(database, change));
        if (preparation != null) {
            preparation.end();
        }
        note(what + ", ticks (not ms)", ticks * 1_000_000L);
    }

    /** Some rows change, so that they must be brought up to date. */
    private void touch(final Database database) {
        final Table table = database.table(TABLE);
        final RowEditor editor = table.editor();
        for (int i = 0; i < CHANGED_ROWS; i++) {
            editor.require(1 + random.nextInt(rows)).setLong(table.schema().indexOf("owner"), i);
        }
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
