package io.taktdb.demo.world;

import io.taktdb.core.table.RowReader;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.ProcedureTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** {@code world.near}: looks at every mob, since there is no spatial index yet. Threading: tick thread. */
final class Near {
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 1000;

    /**
     * What is asked for.
     *
     * @param radius blocks, the height left out of account
     * @param limit the most mobs, 10 unless given
     */
    record Parameters(float x, float z, float radius, Integer limit) {}

    /** A mob with its distance in blocks. */
    record Neighbour(long id, String name, float distance) {}

    /** The nearest first; of two at the same distance the one with the smaller id. */
    record Found(List<Neighbour> mobs) {}

    private record Candidate(long id, long entityType, float square) {
        static final Comparator<Candidate> NEAREST_FIRST =
                Comparator.comparingDouble(Candidate::square).thenComparing(Candidate::id, Long::compareUnsigned);
    }

    private Near() {}

    static Found call(final ProcedureContext context, final Parameters wanted) {
        final int limit = wanted.limit == null ? DEFAULT_LIMIT : wanted.limit;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Mobs.refusal("limit", "limit out of range: limit=" + limit + ", allowed=1.." + MAX_LIMIT);
        }
        if (!(wanted.radius >= 0)) {
            throw Mobs.refusal("radius", "radius must be at least 0: radius=" + wanted.radius);
        }
        Mobs.requireInside("x", wanted.x);
        Mobs.requireInside("z", wanted.z);
        final List<Candidate> nearest = search(context.table(Mobs.NAME), wanted, limit);
        final ProcedureTable kinds = context.table(EntityType.TABLE_NAME);
        final List<Neighbour> mobs = new ArrayList<>();
        for (final Candidate mob : nearest) {
            final RowReader kind = kinds.reader();
            final String name = kind.seek(mob.entityType) ? kind.getString(kinds.field("name")) : null;
            mobs.add(new Neighbour(mob.id, name, (float) Math.sqrt(mob.square)));
        }
        return new Found(mobs);
    }

    private static List<Candidate> search(final ProcedureTable mobs, final Parameters wanted, final int limit) {
        final PriorityQueue<Candidate> best = new PriorityQueue<>(Candidate.NEAREST_FIRST.reversed());
        final int x = mobs.field("x");
        final int z = mobs.field("z");
        final int entityType = mobs.field("entity_type");
        final RowReader row = mobs.reader();
        final float farthest = wanted.radius * wanted.radius;
        for (long i = 0; i < mobs.rowCount(); i++) {
            row.seekRow(i);
            final float dx = row.getFloat(x) - wanted.x;
            final float dz = row.getFloat(z) - wanted.z;
            final float square = dx * dx + dz * dz;
            if (square <= farthest) {
                best.add(new Candidate(row.id(), row.getLong(entityType), square));
                if (best.size() > limit) {
                    best.remove();
                }
            }
        }
        return best.stream().sorted(Candidate.NEAREST_FIRST).toList();
    }
}
