package io.taktdb.api.json;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * What the front end knows of itself.
 *
 * @param version of the product
 * @param startedNs {@code System.nanoTime()} of the start
 * @param connections open now
 * @param isStopping whether the server is on its way down
 * @param snapshotTick tick of the newest snapshot, or -1
 */
public record ServerFacts(
        String version,
        long startedNs,
        IntSupplier connections,
        BooleanSupplier isStopping,
        LongSupplier snapshotTick) {}
