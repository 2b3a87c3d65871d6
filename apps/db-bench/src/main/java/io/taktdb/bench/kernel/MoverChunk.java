package io.taktdb.bench.kernel;

import io.taktdb.core.accessor.Chunk;

/** Positions and velocities of movers. */
interface MoverChunk extends Chunk {
    float x(int row);

    void x(int row, float value);

    float y(int row);

    void y(int row, float value);

    float z(int row);

    void z(int row, float value);

    float vx(int row);

    float vy(int row);

    float vz(int row);
}
