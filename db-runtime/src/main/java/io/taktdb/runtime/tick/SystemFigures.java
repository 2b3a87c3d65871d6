package io.taktdb.runtime.tick;

/**
 * What one system cost so far.
 *
 * @param runs ticks in which it ran, failed runs included
 * @param failures runs that were taken back
 * @param totalNs of all runs
 * @param lastNs of the newest run
 * @param maxNs of the longest run
 * @param lastFailure what the newest failed run died of, or null
 */
public record SystemFigures(
        String name,
        String table,
        long runs,
        long failures,
        long totalNs,
        long lastNs,
        long maxNs,
        String lastFailure) {}
