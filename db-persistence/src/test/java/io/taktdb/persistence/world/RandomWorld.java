package io.taktdb.persistence.world;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.State;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;

/** A world that grows at random: tables of every type, rows, ids near and far, deletions, changes of the schema. */
public final class RandomWorld implements AutoCloseable {
    private final Random random;
    private final RandomFields fields;
    private final Database database;
    private final ExpandableArrayBuffer rowBytes = new ExpandableArrayBuffer();
    private final RowWriter writer = new RowWriter();
    private final RowCursor cursor = new RowCursor();
    private long tick;
    private int names;

    public RandomWorld(final long seed) {
        this(seed, new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0));
        database.change(new SchemaChange.CreateComposite(
                "Vec3", List.of(FieldSpec.of("x", "f32"), FieldSpec.of("y", "f32"), FieldSpec.of("z", "f32"))));
        database.change(new SchemaChange.CreateEnum("Mood", List.of("calm", "angry")));
        database.change(new SchemaChange.CreateComposite(
                "Body",
                List.of(
                        FieldSpec.of("at", "Vec3"),
                        FieldSpec.of("mood", "Mood"),
                        FieldSpec.of("mass", "f64"),
                        FieldSpec.of("owner", "uuid"),
                        FieldSpec.of("flags", "2xbool"),
                        FieldSpec.of("seen", "u64"))));
    }

    /** Goes on with a database that is there. */
    public RandomWorld(final long seed, final Database database) {
        this.random = new Random(seed);
        this.fields = new RandomFields(random);
        this.database = database;
        this.tick = database.states().newest().tick();
        this.names = 1000 * database.schema().nextTableId();
    }

    public Database database() {
        return database;
    }

    /** Makes tables, then does so many random things to them, and commits. */
    public State grow(final int tables, final int steps) {
        for (int i = 0; i < tables; i++) {
            createTable();
        }
        for (int i = 0; i < steps; i++) {
            step();
        }
        return commit();
    }

    public State commit() {
        return database.commit(++tick);
    }

    private void createTable() {
        final List<FieldSpec> specs = new ArrayList<>();
        final int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            specs.add(fields.field("f" + i, database.schema()));
        }
        final GroupLayout layout = random.nextInt(3) == 0 ? GroupLayout.ROWS : GroupLayout.COLUMNS;
        database.change(
                new SchemaChange.CreateTable("t" + names++, specs, Map.of("main", layout), TableSchema.UNLIMITED_ROWS));
    }

    private void step() {
        final List<Table> tables = new ArrayList<>(database.tables());
        if (tables.isEmpty()) {
            return;
        }
        final Table table = tables.get(random.nextInt(tables.size()));
        switch (random.nextInt(24)) {
            case 0 ->
                database.change(new SchemaChange.AddField(
                        table.schema().name(), fields.optional("n" + names++, database.schema())));
            case 1 -> dropField(table);
            case 2, 3, 4, 5 -> delete(table);
            case 6, 7 -> merge(table);
            case 8 -> insertMany(table);
            case 9 -> insertAt(table, random.nextLong());
            case 10 -> insertAt(table, random.nextInt(5000));
            default -> insert(table);
        }
    }

    private void dropField(final Table table) {
        final List<Field> all = table.schema().fields();
        if (!all.isEmpty() && random.nextInt(3) == 0) {
            final Field field = all.get(random.nextInt(all.size()));
            if (table.schema().indexes().stream().noneMatch(index -> index.uses(field.id()))) {
                database.change(new SchemaChange.DropField(table.schema().name(), field.name()));
            }
        }
    }

    /** Inserts a row with random values; answers its id. */
    public long insert(final Table table) {
        return table.writes().insert(row(table, true));
    }

    private void insertMany(final Table table) {
        for (int i = random.nextInt(700); i > 0; i--) {
            insert(table);
        }
    }

    private void insertAt(final Table table, final long id) {
        if (table.rowOf(id) < 0) {
            try {
                table.writes().insert(id, row(table, true));
            } catch (final io.taktdb.types.error.DbException e) {
                // the id belonged to a deleted record
            }
        }
    }

    private void delete(final Table table) {
        for (int i = random.nextInt(random.nextInt(8) == 0 ? 600 : 4); i > 0 && table.rowCount() > 0; i--) {
            table.writes().delete(someId(table));
        }
    }

    private void merge(final Table table) {
        if (table.rowCount() > 0) {
            table.writes().merge(someId(table), row(table, false));
        }
    }

    private long someId(final Table table) {
        final io.taktdb.core.table.RowReader reader = table.reader();
        reader.seekRow((long) (random.nextDouble() * table.rowCount()));
        return reader.id();
    }

    private RowCursor row(final Table table, final boolean whole) {
        writer.wrap(rowBytes, 0);
        for (final Field field : table.schema().fields()) {
            if (field.isRequired() ? whole || random.nextInt(4) == 0 : random.nextInt(3) != 0) {
                writer.field(field.id());
                if (field.optional() && random.nextInt(5) == 0) {
                    writer.putNull();
                } else {
                    writer.position(fields.value(field.type(), rowBytes, writer.position()));
                }
            }
        }
        return cursor.wrap(rowBytes, 0, writer.finish());
    }

    @Override
    public void close() {
        database.close();
    }
}
