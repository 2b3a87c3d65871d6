package io.taktdb.bench.micro;

import io.taktdb.bench.scenario.Scenario;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.table.TableState;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import org.agrona.ExpandableArrayBuffer;

/** Reads a field of records that are named by random ids, from a leased state, or from a flat array behind its map. */
public final class ByIdMicro implements Scenario {
    /** Reads of a step. */
    public static final int READS = 1_000;

    private static final int ROWS = 1_000_000;
    private static final int ROWS_PER_COMMIT = 10_000;

    private final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);
    private final Lease lease;
    private final TableState table;
    private final RowReader reader;
    private final int[] flat;
    private long random = 1;
    private long expected;
    private long sum;

    /** @param flat whether the values are read from an array */
    public ByIdMicro(final boolean flat) {
        database.change(CreateTable.of("mob", FieldSpec.of("hp", "i32"), FieldSpec.of("mana", "i32")));
        fill(database.table("mob"));
        database.commit(0);
        lease = database.lease();
        table = lease.state().table("mob");
        reader = table.reader();
        this.flat = new int[flat ? ROWS : 0];
        for (int row = 0; row < this.flat.length; row++) {
            this.flat[row] = row + 1;
        }
    }

    private void fill(final Table mobs) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RowWriter writer = new RowWriter();
        final RowCursor cursor = new RowCursor();
        for (int row = 0; row < ROWS; row++) {
            writer.wrap(buffer, 0);
            for (final Field field : mobs.schema().fields()) {
                writer.field(field.id()).putScalar(ValueKind.of(field.type()), row + 1);
            }
            mobs.writes().insert(cursor.wrap(buffer, 0, writer.finish()));
            database.settle();
            if (row % ROWS_PER_COMMIT == 0) {
                database.commit(0);
            }
        }
    }

    @Override
    public void step() {
        for (int i = 0; i < READS; i++) {
            random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L; // Knuth's MMIX
            final long id = 1 + ((random >>> 33) * ROWS >>> 31);
            expected += id;
            if (flat.length > 0) {
                sum += flat[(int) table.rowOf(id)];
            } else {
                reader.seek(id);
                sum += reader.getInt(0);
            }
        }
    }

    @Override
    public String problem(final long steps) {
        return sum == expected ? null : "sum differs: expected=" + expected + ", found=" + sum;
    }

    @Override
    public void close() {
        lease.close();
        database.close();
    }
}
