package io.taktdb.runtime.procedure;

import io.taktdb.core.accessor.Chunk;
import java.io.Serializable;

/**
 * What a system does with one chunk of rows. Runs on any worker, side by side with other chunks: it may write the rows
 * of its chunk and nothing else. Whatever it throws takes back the whole system's run of this tick.
 *
 * <p>Never written anywhere; serializable so that the engine finds a lambda's code and can compile it once per layout,
 * see {@link io.taktdb.core.accessor.KernelCopies}. Keep loops over a chunk in the class that the body is written in.
 */
@FunctionalInterface
public interface SystemBody<C extends Chunk> extends Serializable {
    void run(SystemContext context, C chunk);
}
