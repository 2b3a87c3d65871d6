package io.taktdb.bench.kernel;

import io.taktdb.core.accessor.ChunkAccessors;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.core.version.KernelPages;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import org.agrona.ExpandableArrayBuffer;

/**
 * A table of TaktDB, moved in place through its chunks. The pages are opened for writing once, so that what is measured
 * is the kernel and not the commit.
 */
final class TableMovement implements Movement {
    private static final int ROWS_PER_TRANSACTION = 1000;

    private final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);
    private final Table table;
    private final ChunkAccessors<MoverChunk> accessors;
    private final MoverChunk chunk;
    private final long[][] pages;
    private final RowReader reader;

    TableMovement(final int rows) {
        database.change(CreateTable.of(
                "mover",
                FieldSpec.of("x", "f32"),
                FieldSpec.of("y", "f32"),
                FieldSpec.of("z", "f32"),
                FieldSpec.of("vx", "f32"),
                FieldSpec.of("vy", "f32"),
                FieldSpec.of("vz", "f32")));
        table = database.table("mover");
        insert(rows);
        database.commit(1);
        accessors = ChunkAccessors.of(MoverChunk.class, table.layout());
        chunk = accessors.create();
        pages = open();
        reader = table.reader();
    }

    private void insert(final int rows) {
        final TableSchema schema = table.schema();
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RowWriter writer = new RowWriter();
        final RowCursor cursor = new RowCursor();
        for (int row = 0; row < rows; row++) {
            writer.wrap(buffer, 0);
            for (int i = 0; i < schema.fields().size(); i++) {
                final Field field = schema.fields().get(i);
                final float value = i < AXES ? Movement.startPosition(row, i) : Movement.velocity(row, i - AXES);
                writer.field(field.id()).putScalar(ValueKind.of(field.type()), Float.floatToRawIntBits(value));
            }
            table.writes().insert(cursor.wrap(buffer, 0, writer.finish()));
            if (row % ROWS_PER_TRANSACTION == 0) {
                database.settle();
            }
        }
    }

    /** Page addresses by chunk; the table has one group. */
    private long[][] open() {
        final KernelPages kernel = table.kernel(0);
        final long[][] addresses = new long[table.group(0).count()][1];
        kernel.plan(addresses.length);
        final int[] wholePage = {0, table.layout().groups().get(0).pageBytes()};
        for (int page = 0; page < addresses.length; page++) {
            addresses[page][0] = kernel.open(page, kernel.marksFor(wholePage));
        }
        kernel.keep();
        return addresses;
    }

    @Override
    public void step() {
        final TableLayout layout = table.layout();
        final long rows = table.rowCount();
        for (int page = 0; page < pages.length; page++) {
            final long first = (long) page << layout.chunkShift();
            accessors.wrap(chunk, pages[page], (int) Math.min(layout.rowsPerChunk(), rows - first), first);
            move(chunk, DT);
        }
    }

    /** Kept from being inlined, like the user code that it stands for. */
    private static void move(final MoverChunk movers, final float dt) {
        for (int i = 0; i < movers.rows(); i++) {
            movers.x(i, movers.x(i) + movers.vx(i) * dt);
            movers.y(i, movers.y(i) + movers.vy(i) * dt);
            movers.z(i, movers.z(i) + movers.vz(i) * dt);
        }
    }

    @Override
    public float position(final int row, final int axis) {
        reader.seekRow(row);
        return reader.getFloat(axis);
    }
}
