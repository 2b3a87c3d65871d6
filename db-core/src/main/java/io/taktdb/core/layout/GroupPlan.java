package io.taktdb.core.layout;

import io.taktdb.types.schema.GroupLayout;

/**
 * One page group of a table.
 *
 * @param layout columns or rows
 * @param recordBytes bytes that one row takes in the group, whole bytes of presence bits of {@code rows} included
 * @param pageBytes bytes of a page of the group: the rows of a chunk, rounded up to a cache line
 */
public record GroupPlan(String name, GroupLayout layout, int recordBytes, int pageBytes) {}
