package io.taktdb.runtime.tick;

import java.util.List;

/**
 * A change of large tables' schema that is being prepared.
 *
 * @param tables names of the tables that it rewrites or builds indexes of
 * @param done how much of that is done, from 0 to 1
 * @param waiting schema changes that wait behind it
 */
public record SchemaProgress(List<String> tables, double done, int waiting) {}
