package io.taktdb.runtime.procedure;

import io.taktdb.core.accessor.Chunk;

/**
 * What a system does with one chunk of rows. Runs on any worker, side by side with other chunks: it may write the rows
 * of its chunk and nothing else. Whatever it throws takes back the whole system's run of this tick.
 */
@FunctionalInterface
public interface SystemBody<C extends Chunk> {
    void run(SystemContext context, C chunk);
}
