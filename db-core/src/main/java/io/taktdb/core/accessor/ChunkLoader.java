package io.taktdb.core.accessor;

/**
 * Defines one chunk class beside an interface of another class loader, where no class can be hidden in its package.
 *
 * <p>Threading: used once, by one thread.
 */
final class ChunkLoader extends ClassLoader {
    ChunkLoader(final Class<?> type) {
        super(type.getClassLoader());
    }

    /** The class; it reaches what is public alone. */
    Class<?> define(final byte[] bytes) {
        return defineClass(null, bytes, 0, bytes.length);
    }
}
