package io.taktdb.bench.movers;

import io.taktdb.core.accessor.Chunk;

/** Positions and velocities, each as one run of three floats a row. */
interface MoverChunk extends Chunk {
    float position(int k);

    void position(int k, float value);

    float velocity(int k);
}
