package io.taktdb.core.accessor;

/**
 * The engine's side of a generated chunk; public only because generated classes live in their users' packages.
 *
 * <p>Threading: the thread that uses the chunk.
 */
public interface BoundChunk {
    /**
     * Points the chunk at pages.
     *
     * @param pageAddressByGroup address of the chunk's page in each group of the layout
     */
    void bind(long[] pageAddressByGroup, int rows, long firstRow);
}
