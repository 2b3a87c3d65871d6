package io.taktdb.core.transaction;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.state.States;
import io.taktdb.core.state.TableSlots;
import io.taktdb.core.table.Table;
import io.taktdb.core.table.TableImage;
import io.taktdb.core.table.TableState;
import io.taktdb.core.version.Epochs;
import io.taktdb.core.version.LeaseAges;
import io.taktdb.types.error.DbException;
import io.taktdb.types.evolution.SchemaEvolution;
import io.taktdb.types.schema.Relation;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.TableSchema;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All tables of one world: the running version that the tick thread changes, and the states that readers lease.
 *
 * <pre>{@code
 * int mark = database.mark();
 * try { change tables; } catch (Throwable t) { database.rollback(mark); }
 * database.commit(tick);   // everything since the last commit becomes visible at once
 * }</pre>
 *
 * Threading: tick thread, except {@link #lease}, {@link #states} and the figures.
 */
public final class Database implements AutoCloseable {
    private final Epochs epochs;
    private final States states;
    private final Map<Integer, Table> tables = new TreeMap<>();
    private final References references = new References(this);
    private Schema schema;
    private TableSlots slots;
    private TableSlots publishedSlots;
    private Table[] bySlot = new Table[0];
    private TableState[] published = new TableState[0];
    private boolean closed;

    /**
     * An empty database.
     *
     * @param lastCommit the commit that this world's history ended with, 0 for a new world
     */
    public Database(final MemoryBudget budget, final long lastCommit, final long lastTick) {
        epochs = new Epochs(budget, lastCommit + 1);
        schema = Schema.EMPTY;
        slots = new TableSlots(schema);
        states = new States(epochs.slots(), new State(lastCommit, lastTick, schema, slots, new TableState[0]));
    }

    /** A hold on the newest committed state; any thread. */
    public Lease lease() {
        return states.lease();
    }

    /** The committed states; any thread. */
    public States states() {
        return states;
    }

    /** The schema of the running version. */
    public Schema schema() {
        return schema;
    }

    /** A table of the running version; TABLE_NOT_FOUND if there is none. */
    public Table table(final String name) {
        return tables.get(schema.requireTable(name).id());
    }

    /** A table of the running version by its stable id, or null when it was dropped. */
    public Table tableById(final int id) {
        return tables.get(id);
    }

    /** Tables of the running version. */
    public Collection<Table> tables() {
        return tables.values();
    }

    /** Where the transaction stands; give it to {@link #rollback}. */
    public int mark() {
        return epochs.undo().mark();
    }

    /** Takes back everything since the mark. */
    public void rollback(final int mark) {
        epochs.undo().rollback(mark);
        if (mark == 0) {
            references.forget();
        }
    }

    /**
     * Checks what can only be judged when a transaction is complete: that records refer to others that exist. Call it
     * before {@link #settle}; what that ends unchecked stands.
     *
     * @throws DbException CONFLICT; then roll back
     */
    public void checkConstraints() {
        references.check();
    }

    /** How many writes wait for {@link #checkConstraints}: what a transaction of many parts notes between them. */
    public int unchecked() {
        return references.written();
    }

    /**
     * Checks the writes of one part, from {@link #unchecked} before it to the same after it, and leaves them to be
     * checked again; CONFLICT as above.
     */
    public void checkConstraints(final int from, final int to) {
        references.check(from, to);
    }

    /** Checks every record of every relation; CONFLICT names the first ten that refer to none that exists. */
    public void checkRelations() {
        schema.relations().forEach(references::checkAll);
    }

    /** Ends a transaction: what it did can no longer be taken back. */
    public void settle() {
        epochs.undo().clear();
        references.forget();
    }

    /** Changes the schema, tables included; nothing has changed if it is refused. Undoable. */
    public void change(final SchemaChange change) {
        change(List.of(change));
    }

    /** Makes several schema changes at once: each table that they touch is rewritten once. Undoable. */
    public void change(final List<SchemaChange> changes) {
        Schema next = schema;
        for (final SchemaChange change : changes) {
            next = SchemaEvolution.apply(next, change);
        }
        final int mark = mark();
        try {
            adoptSchema(next);
        } catch (final RuntimeException | Error e) {
            rollback(mark);
            throw e;
        }
    }

    /** Replaces an empty schema by a stored one, table ids and all. Undoable. */
    public void load(final Schema stored) {
        if (!tables.isEmpty()) {
            throw new IllegalStateException("only an empty database can load a schema: tables=" + tables.size());
        }
        adoptSchema(stored);
    }

    /** Replaces everything by a copy of another database's leased state, which was checked there. Undoable. */
    public void replace(final State other) {
        final int mark = mark();
        try {
            final Schema next = other.schema().after(schema);
            adoptSchema(next.withoutTables());
            adoptSchema(next);
            other.tables().forEach(from -> table(from.schema().name()).load(TableImage.of(from)));
        } catch (final RuntimeException | Error e) {
            rollback(mark);
            throw e;
        }
    }

    private void adoptSchema(final Schema next) {
        final Schema old = schema;
        final TableSlots oldSlots = slots;
        schema = next;
        slots = new TableSlots(next);
        epochs.undo().saveAction(() -> {
            schema = old;
            slots = oldSlots;
        });
        for (final TableSchema gone : old.tables().values()) {
            if (next.tableById(gone.id()) == null) {
                drop(gone);
            }
        }
        for (final TableSchema wanted : next.tables().values()) {
            final Table table = tables.get(wanted.id());
            if (table == null) {
                create(wanted);
            } else if (!table.schema().equals(wanted)) {
                table.changeSchema(wanted);
            }
        }
        for (final Relation relation : next.relations()) {
            if (!old.relations().contains(relation)) {
                references.checkAll(relation);
            }
        }
    }

    private void create(final TableSchema wanted) {
        epochs.undo().saveAction(() -> tables.remove(wanted.id()));
        final Table table = new Table(epochs, wanted);
        table.watchBy(references);
        tables.put(wanted.id(), table);
    }

    private void drop(final TableSchema gone) {
        final Table table = tables.remove(gone.id());
        epochs.undo().saveAction(() -> tables.put(gone.id(), table));
        table.drop();
    }

    /**
     * Publishes the running version, so that every new lease sees it. The transaction is checked and settled first.
     *
     * @return the state
     * @throws DbException CONFLICT as {@link #checkConstraints}; nothing is published then
     */
    public State commit(final long tick) {
        checkConstraints();
        settle();
        tables.values().forEach(Table::tidy);
        epochs.sealing();
        publishTables();
        final State state = new State(epochs.building(), tick, schema, slots, published);
        states.publish(state);
        epochs.published();
        return state;
    }

    /** Renews the published tables; where nothing changed, not even their array. */
    private void publishTables() {
        if (publishedSlots != slots) {
            publishedSlots = slots;
            bySlot = new Table[slots.size()];
            for (final Table table : tables.values()) {
                bySlot[slots.of(table.schema())] = table;
            }
            published = new TableState[bySlot.length];
        }
        boolean shared = true;
        for (int slot = 0; slot < bySlot.length; slot++) {
            final TableState state = bySlot[slot].publish();
            if (published[slot] != state) {
                published = shared ? published.clone() : published; // readers have the old one
                shared = false;
                published[slot] = state;
            }
        }
    }

    /** Off-heap bytes reserved, by slabs and blocks. */
    public long reservedBytes() {
        return epochs.budget().reservedBytes();
    }

    /** How long leases are held. */
    public LeaseAges leaseAges() {
        return epochs.leaseAges();
    }

    /** The most off-heap bytes that may be reserved. */
    public long maxBytes() {
        return epochs.budget().maxBytes();
    }

    /** Frames in use; for metrics and leak checks. */
    public long liveFrames() {
        return epochs.liveFrames();
    }

    /** Distinct old versions that leases held at the last commit. */
    public int heldVersions() {
        return epochs.heldVersions();
    }

    /** Things replaced that wait for a lease to end. */
    public int waiting() {
        return epochs.waiting();
    }

    /** Returns all memory. No lease may be open; later use is an error. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            for (final Table table : tables.values()) {
                table.close();
            }
            epochs.close();
        }
    }
}
