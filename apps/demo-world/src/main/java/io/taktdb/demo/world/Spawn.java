package io.taktdb.demo.world;

import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.schema.Names;
import java.util.ArrayList;
import java.util.List;

/** {@code world.spawn}. Threading: tick thread. */
final class Spawn {
    private static final int MAX_COUNT = 1000;

    /** Several mobs of one call stand so many blocks around the place. */
    private static final float SPREAD = 4;

    /**
     * What is asked for.
     *
     * @param kind name of a living entity type, e.g. {@code creeper}
     * @param count 1 unless given
     */
    record Parameters(String kind, float x, float z, Integer count) {}

    /** The mobs that were made. */
    record Spawned(String kind, List<Long> ids) {}

    private Spawn() {}

    static Spawned call(final ProcedureContext context, final Parameters wanted) {
        final int count = wanted.count == null ? 1 : wanted.count;
        if (count < 1 || count > MAX_COUNT) {
            throw Mobs.refusal("count", "count out of range: count=" + count + ", limit=1.." + MAX_COUNT);
        }
        Mobs.requireInside("x", wanted.x);
        Mobs.requireInside("z", wanted.z);
        final Kind kind = requireKind(context, wanted.kind);
        final Mobs mobs = new Mobs(context);
        final List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final float spread = count == 1 ? 0 : SPREAD;
            final float dx = (2 * context.random().nextFloat() - 1) * spread;
            final float dz = (2 * context.random().nextFloat() - 1) * spread;
            ids.add(mobs.insert(kind, wanted.x + dx, wanted.z + dz));
        }
        return new Spawned(kind.name(), ids);
    }

    private static Kind requireKind(final ProcedureContext context, final String name) {
        final List<Kind> kinds = Kind.all(context);
        for (final Kind kind : kinds) {
            if (kind.name().equals(name)) {
                if (!kind.isLiving()) {
                    throw Mobs.refusal("kind", "kind does not live: kind=" + name + ", type=" + kind.type());
                }
                return kind;
            }
        }
        final List<String> names =
                kinds.stream().filter(Kind::isLiving).map(Kind::name).toList();
        throw Mobs.refusal(
                "kind", "kind not found: kind=" + Names.abbreviate(name) + Suggestion.didYouMean(name, names));
    }
}
