package io.taktdb.bench.mobs;

import io.taktdb.core.accessor.Chunk;

/** The hp of mobs alone: no other column is looked at. */
interface HpChunk extends Chunk {
    int hp(int row);

    void hp(int row, int value);
}
