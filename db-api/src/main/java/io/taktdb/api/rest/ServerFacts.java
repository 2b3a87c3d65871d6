package io.taktdb.api.rest;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * What the front end knows of itself.
 *
 * @param version of the product
 * @param startedNs {@code System.nanoTime()} of the start
 * @param connections open now
 * @param isStopping whether the server is on its way down
 */
public record ServerFacts(String version, long startedNs, IntSupplier connections, BooleanSupplier isStopping) {}
