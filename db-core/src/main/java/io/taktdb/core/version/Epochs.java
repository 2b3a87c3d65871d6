package io.taktdb.core.version;

import io.taktdb.core.memory.FramePool;
import io.taktdb.core.memory.Memory;
import io.taktdb.core.memory.MemoryBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The clock of versions and what all page stores of one database share: leases, undo, memory, reclaiming.
 *
 * <p>Versions count commits. {@link #building()} is the one that the tick thread works on; readers see those below it.
 *
 * <p>Threading: tick thread, except {@link #slots()} and {@link #leaseAges()}.
 */
public final class Epochs {
    private final MemoryBudget budget;
    private final LeaseSlots slots = new LeaseSlots();
    private final LeaseAges leaseAges = new LeaseAges(slots);
    private final Reclaimer reclaimer = new Reclaimer(slots);
    private final UndoLog undo = new UndoLog();
    private final Map<Integer, FramePool> pools = new TreeMap<>();
    private final List<Runnable> atCommit = new ArrayList<>();
    private final LeafPool leaves = new LeafPool();
    private long building;

    /**
     * @param firstVersion the first version to be built, above every published one
     */
    public Epochs(final MemoryBudget budget, final long firstVersion) {
        this.budget = budget;
        this.building = firstVersion;
        budget.onShortage(() -> pools.values().forEach(FramePool::giveBackEmpty));
    }

    /** The version that is being built. */
    public long building() {
        return building;
    }

    public LeaseSlots slots() {
        return slots;
    }

    public LeaseAges leaseAges() {
        return leaseAges;
    }

    public UndoLog undo() {
        return undo;
    }

    public MemoryBudget budget() {
        return budget;
    }

    /** Things replaced that still wait for a lease to end. */
    public int waiting() {
        return reclaimer.waiting();
    }

    /** Distinct old versions that leases held at the last commit. */
    public int heldVersions() {
        return slots.heldVersions();
    }

    /** Frames of all pools that are in use. */
    public long liveFrames() {
        long sum = 0;
        for (final FramePool pool : pools.values()) {
            sum += pool.liveFrames();
        }
        return sum;
    }

    FramePool pool(final int pageBytes) {
        return pools.computeIfAbsent(pageBytes, bytes -> new FramePool(bytes, budget));
    }

    /** Does something when the running version is published; taken back if the transaction is. */
    public void atCommit(final Runnable action) {
        atCommit.add(action);
        undo.saveAction(() -> atCommit.remove(atCommit.size() - 1));
    }

    /** Gives a thing back to its owner once nobody can see what showed from a version until the one being built. */
    void retire(final long from, final Reclaimer.Owner owner, final long what) {
        reclaimer.retire(from, building, owner, what);
    }

    /** Retires what the version to be published replaces. Call before its root is made. */
    public void sealing() {
        for (int i = 0; i < atCommit.size(); i++) {
            atCommit.get(i).run();
        }
        atCommit.clear();
    }

    /** The root of the version that was being built is published: takes stock of leases and goes on to the next. */
    public void published() {
        building++;
        Memory.fullFence();
        slots.scan();
        reclaimer.reclaim();
    }

    /** Leaves of page directories. */
    LeafPool leaves() {
        return leaves;
    }

    /** Releases all memory. No lease may be open. */
    public void close() {
        sealing();
        reclaimer.releaseAll();
        for (final FramePool pool : pools.values()) {
            pool.close();
        }
        pools.clear();
    }
}
