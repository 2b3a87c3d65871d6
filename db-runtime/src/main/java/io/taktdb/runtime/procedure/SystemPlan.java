package io.taktdb.runtime.procedure;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A system and all that it touches, so that those that cannot meet run side by side.
 *
 * <pre>{@code
 * world.system(SystemPlan.of("fight", "mob", MobChunk.class, Fight::step)
 *         .reads("wall")
 *         .writes("mob", "hp")
 *         .effect((ctx, mob, damage) -> ctx.set("mob", mob, "hp", ctx.getLong("mob", mob, "hp") - damage)));
 * }</pre>
 *
 * A system either writes rows of its own chunk in place, by the setters of its chunk interface, or changes any rows by
 * effects; not both, so that a run is taken back whole. Two systems can meet when one writes a table that the other
 * reads or writes; of two that can, the one registered first runs first. Threading: immutable.
 */
public final class SystemPlan<C extends Chunk> {
    static final String ALL_FIELDS = "*";

    private final SystemSpec<C> spec;
    private final Set<String> reads;
    private final Map<String, Set<String>> writes;
    private final EffectBody effect;
    private final int totals;
    private final TotalsBody totalsBody;

    private SystemPlan(
            final SystemSpec<C> spec,
            final Set<String> reads,
            final Map<String, Set<String>> writes,
            final EffectBody effect,
            final int totals,
            final TotalsBody totalsBody) {
        this.spec = spec;
        this.reads = reads;
        this.writes = writes;
        this.effect = effect;
        this.totals = totals;
        this.totalsBody = totalsBody;
    }

    /** A system over all chunks of a table; the setters of {@code chunk} say which fields it writes in place. */
    public static <C extends Chunk> SystemPlan<C> of(
            final String name, final String table, final Class<C> chunk, final SystemBody<C> body) {
        return new SystemPlan<>(new SystemSpec<>(name, table, chunk, body), Set.of(), Map.of(), null, 0, null);
    }

    /** The same, which also reads other tables. */
    public SystemPlan<C> reads(final String... tables) {
        final Set<String> more = new HashSet<>(reads);
        more.addAll(List.of(tables));
        return new SystemPlan<>(spec, more, writes, effect, totals, totalsBody);
    }

    /** The same, whose effects set fields of any record of a table. */
    public SystemPlan<C> writes(final String table, final String... fields) {
        final Map<String, Set<String>> more = new HashMap<>(writes);
        final Set<String> names = new HashSet<>(more.getOrDefault(table, Set.of()));
        names.addAll(Arrays.asList(fields));
        more.put(table, names);
        return new SystemPlan<>(spec, reads, more, effect, totals, totalsBody);
    }

    /** The same, whose effects insert, change and delete records of a table. */
    public SystemPlan<C> writesRows(final String table) {
        return writes(table, ALL_FIELDS);
    }

    /** The same, with what applies each effect. */
    public SystemPlan<C> effect(final EffectBody body) {
        return new SystemPlan<>(spec, reads, writes, body, totals, totalsBody);
    }

    /**
     * The same, with totals over all chunks.
     *
     * @param slots how many
     */
    public SystemPlan<C> totals(final int slots, final TotalsBody body) {
        return new SystemPlan<>(spec, reads, writes, effect, slots, body);
    }

    public SystemSpec<C> spec() {
        return spec;
    }

    /** What applies effects, or null. */
    public EffectBody effectBody() {
        return effect;
    }

    /** What takes the totals, or null. */
    public TotalsBody totalsBody() {
        return totalsBody;
    }

    /** How many totals there are. */
    public int totalSlots() {
        return totals;
    }

    /** Whether anything follows its chunks. */
    public boolean hasEffects() {
        return effect != null || totalsBody != null;
    }

    /** Whether it is more than a body over its own chunks. */
    public boolean touchesMore() {
        return hasEffects() || !reads.isEmpty();
    }

    /** Whether it says that it reads a table. */
    public boolean readsTable(final String table) {
        return spec.table().equals(table) || reads.contains(table) || writes.containsKey(table);
    }

    boolean writesField(final String table, final String field) {
        final Set<String> fields = writes.getOrDefault(table, Set.of());
        return fields.contains(ALL_FIELDS) || fields.contains(field);
    }

    private boolean writesTable(final String table) {
        return writes.containsKey(table)
                || spec.table().equals(table) && !setters().isEmpty();
    }

    /** Whether it and another must run one after the other. */
    public boolean meets(final SystemPlan<?> other) {
        return writesSomethingOf(other) || other.writesSomethingOf(this);
    }

    private boolean writesSomethingOf(final SystemPlan<?> other) {
        return writes.keySet().stream().anyMatch(other::readsTable)
                || writesTable(spec.table()) && other.readsTable(spec.table());
    }

    /** Setters of the chunk interface. */
    private List<String> setters() {
        final List<String> names = new ArrayList<>();
        for (final Method method : spec.chunk().getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && method.getParameterCount() > 1) {
                names.add(method.getName());
            }
        }
        return names.stream().distinct().sorted().toList();
    }

    /**
     * Refuses a plan that contradicts itself.
     *
     * @throws DbException INVALID_REQUEST
     */
    void requireSound() {
        if (hasEffects() && !setters().isEmpty()) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST,
                    "system both writes its rows in place and has effects: system=" + spec.name() + ", table="
                            + spec.table() + ", setters=" + setters()
                            + "; make two systems of it, one whose chunk interface has no setters");
        }
        if (totals < 0 || totals > 1_024) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST,
                    "totals out of range: system=" + spec.name() + ", totals=" + totals + ", limit=0..1024");
        }
        if (!writes.isEmpty() && !hasEffects()) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST,
                    "system declares writes that nothing makes: system=" + spec.name() + ", tables="
                            + writes.keySet().stream().sorted().toList() + "; add .effect(...) or .totals(...)");
        }
    }

    /** The error for what it did not declare. */
    public DbException undeclared(final String what, final String table, final String field) {
        return EffectContext.undeclared(spec.name(), what, table, field);
    }
}
