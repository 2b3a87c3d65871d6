package io.taktdb.bench.mobs;

import io.taktdb.core.accessor.Chunk;

/** The health of mobs. */
interface MobChunk extends Chunk {
    int hp(int row);

    void hp(int row, int value);

    int maxHp(int row);
}
