package io.taktdb.demo.world;

import io.taktdb.core.accessor.Chunk;

/** What {@link Wander} reads and writes of mobs. */
interface MobChunk extends Chunk {
    float x(int row);

    void x(int row, float value);

    float z(int row);

    void z(int row, float value);

    float vx(int row);

    void vx(int row, float value);

    float vz(int row);

    void vz(int row, float value);

    float speed(int row);
}
