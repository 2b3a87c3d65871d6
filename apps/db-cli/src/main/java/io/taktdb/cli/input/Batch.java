package io.taktdb.cli.input;

/**
 * Records that travel in one request.
 *
 * @param json a JSON array
 * @param first position of its first record in the input, from 0
 * @param records how many it holds
 */
public record Batch(byte[] json, long first, int records) {}
