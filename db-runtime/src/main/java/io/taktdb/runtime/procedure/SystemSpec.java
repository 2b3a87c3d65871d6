package io.taktdb.runtime.procedure;

import io.taktdb.core.accessor.Chunk;

/** One registered system. Threading: immutable. */
public record SystemSpec<C extends Chunk>(String name, String table, Class<C> chunk, SystemBody<C> body) {}
