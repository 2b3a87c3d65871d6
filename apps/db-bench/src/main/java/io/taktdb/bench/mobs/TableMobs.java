package io.taktdb.bench.mobs;

import io.taktdb.bench.table.TableKernel;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.table.RowAccess;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.nio.ByteOrder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A table of TaktDB; the id of a mob is its key + 1. Everything that writes ends with a commit. */
public final class TableMobs extends Mobs {
    private static final int ROWS_PER_COMMIT = 10_000;
    private static final int HP = 2;

    private final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);
    private final Table table;
    private final TableKernel<MobChunk> kernel;
    private final RowAccess<HpChunk> access;
    private final RowAccess<BirthChunk> births;
    private final boolean rowByRow;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final UnsafeBuffer vector = new UnsafeBuffer(new byte[AXES * Float.BYTES]);
    private final RowWriter writer = new RowWriter();
    private final RowCursor cursor = new RowCursor();
    private final long[] ids = new long[BIRTHS];
    private long found;
    private long commits;

    /** Many births and deaths at once, as a game's own code makes them. */
    public TableMobs(final Action action, final int rows) {
        this(action, rows, false);
    }

    /** @param rowByRow whether each birth and each death is a transaction of its own, in byte form, as clients' are */
    public TableMobs(final Action action, final int rows, final boolean rowByRow) {
        super(action, rows);
        this.rowByRow = rowByRow;
        database.change(CreateTable.of(
                "mob",
                FieldSpec.of("position", "3xf32"),
                FieldSpec.of("velocity", "3xf32"),
                FieldSpec.of("hp", "i32"),
                FieldSpec.of("maxHp", "i32")));
        table = database.table("mob");
        for (int row = 0; row < rows; row++) {
            bear(row);
            database.settle();
            if (row % ROWS_PER_COMMIT == 0) {
                commit();
            }
        }
        commit();
        kernel = new TableKernel<>(table, MobChunk.class);
        access = table.access(HpChunk.class);
        births = table.access(BirthChunk.class);
    }

    private void bear(final long key) {
        writer.wrap(buffer, 0);
        for (int position = 0; position < table.schema().fields().size(); position++) {
            final Field field = table.schema().fields().get(position);
            writer.field(field.id());
            if (position < HP) {
                for (int axis = 0; axis < AXES; axis++) {
                    final float value = position == 0 ? position(key, axis) : velocity(key, axis);
                    vector.putFloat(axis * Float.BYTES, value, ByteOrder.LITTLE_ENDIAN);
                }
                writer.putBytes(ValueKind.VECTOR, vector, 0, vector.capacity());
            } else {
                writer.putScalar(ValueKind.of(field.type()), position == HP ? startHp(key) : maxHp(key));
            }
        }
        table.writes().insert(cursor.wrap(buffer, 0, writer.finish()));
    }

    private void commit() {
        database.commit(++commits);
    }

    @Override
    void heal() {
        kernel.run(TableMobs::healChunk);
        commit();
    }

    /** Kept from being inlined, like the user code that it stands for. */
    private static void healChunk(final MobChunk mobs) {
        for (int i = 0; i < mobs.rows(); i++) {
            mobs.hp(i, Math.min(mobs.maxHp(i), mobs.hp(i) + 1));
        }
    }

    @Override
    long countWeak() {
        found = 0;
        kernel.read(mobs -> found += countChunk(mobs));
        return found;
    }

    /** Kept from being inlined, like the user code that it stands for. */
    private static int countChunk(final MobChunk mobs) {
        int count = 0;
        for (int i = 0; i < mobs.rows(); i++) {
            count += (mobs.hp(i) - WEAK) >>> 31;
        }
        return count;
    }

    @Override
    void hit(final long[] hitKeys) {
        for (int i = 0; i < hitKeys.length; i++) {
            ids[i] = hitKeys[i] + 1;
        }
        access.editAll(ids, hitKeys.length, (mob, i) -> mob.hp(i, mob.hp(i) - 1));
        commit();
    }

    @Override
    void churn(final long oldest, final long newest, final int count) {
        for (int i = 0; i < count; i++) {
            if (rowByRow) {
                table.writes().delete(oldest + i + 1);
                bear(newest + i);
                database.settle();
            } else {
                ids[i] = oldest + i + 1;
            }
        }
        if (!rowByRow) {
            table.writes().deleteAll(ids, count);
            births.insertAll(count, TableMobs::fill);
        }
        commit();
    }

    private static void fill(final BirthChunk mob, final int i) {
        final long key = mob.id(i) - 1;
        for (int axis = 0; axis < AXES; axis++) {
            mob.position(i, axis, position(key, axis));
            mob.velocity(i, axis, velocity(key, axis));
        }
        mob.hp(i, startHp(key));
        mob.maxHp(i, maxHp(key));
    }

    @Override
    long sumOfHp() {
        found = 0;
        kernel.read(mobs -> {
            for (int i = 0; i < mobs.rows(); i++) {
                found += mobs.hp(i);
            }
        });
        return found;
    }

    @Override
    public long offHeapBytes() {
        return database.reservedBytes();
    }

    @Override
    public void close() {
        database.close();
    }
}
