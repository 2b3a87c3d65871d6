package io.taktdb.demo.world;

import io.taktdb.runtime.procedure.SystemContext;

/**
 * The system that moves mobs: straight on, into another direction about every two seconds, and back at the world's
 * edge.
 *
 * <p>Where a mob goes depends on the seed, the tick and its id alone. Threading: any worker, one chunk each.
 */
final class Wander {
    /** A mob turns once in so many ticks, a power of two; not all in the same. */
    private static final int TICKS_BETWEEN_TURNS = 128;

    private Wander() {}

    static void step(final SystemContext context, final MobChunk mobs) {
        turn(context, mobs);
        move(mobs, context.tickSeconds());
        turnBackAtEdge(mobs);
    }

    private static void turn(final SystemContext context, final MobChunk mobs) {
        for (int i = 0; i < mobs.rows(); i++) {
            final long id = mobs.id(i);
            if ((id + context.tick() & TICKS_BETWEEN_TURNS - 1) == 0) {
                final int heading = (int) context.random(id) & Headings.COUNT - 1;
                mobs.vx(i, Headings.x(heading) * mobs.speed(i));
                mobs.vz(i, Headings.z(heading) * mobs.speed(i));
            }
        }
    }

    private static void move(final MobChunk mobs, final float seconds) {
        for (int i = 0; i < mobs.rows(); i++) {
            mobs.x(i, mobs.x(i) + mobs.vx(i) * seconds);
            mobs.z(i, mobs.z(i) + mobs.vz(i) * seconds);
        }
    }

    private static void turnBackAtEdge(final MobChunk mobs) {
        final float edge = Mobs.HALF_WORLD;
        for (int i = 0; i < mobs.rows(); i++) {
            if (Math.abs(mobs.x(i)) > edge) {
                mobs.x(i, Math.copySign(edge, mobs.x(i)));
                mobs.vx(i, -Math.copySign(mobs.vx(i), mobs.x(i)));
            }
            if (Math.abs(mobs.z(i)) > edge) {
                mobs.z(i, Math.copySign(edge, mobs.z(i)));
                mobs.vz(i, -Math.copySign(mobs.vz(i), mobs.z(i)));
            }
        }
    }
}
