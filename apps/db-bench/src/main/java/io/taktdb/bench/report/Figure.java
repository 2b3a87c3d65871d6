package io.taktdb.bench.report;

/**
 * One measured value of TaktDB beside one peer.
 *
 * @param name what was measured, e.g. {@code movement.1M}
 * @param value of TaktDB
 * @param ratio ours / peer: of a time below 1, of a rate (unit 1/s) above 1, TaktDB is faster
 */
public record Figure(String name, double value, String unit, String peer, double ratio) {}
