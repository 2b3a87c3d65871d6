package io.taktdb.bench.mobs;

import io.taktdb.core.accessor.Chunk;

/** All that a mob is born with. */
interface BirthChunk extends Chunk {
    void position(int row, int element, float value);

    void velocity(int row, int element, float value);

    void hp(int row, int value);

    void maxHp(int row, int value);
}
