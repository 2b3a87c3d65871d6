package io.taktdb.runtime.command;

import java.util.List;

/**
 * What a schema-later push changed besides the rows.
 *
 * @param createdTable whether the collection was made
 * @param added columns that were made, in order
 * @param widened columns whose type became wider
 */
public record PushResult(boolean createdTable, List<Column> added, List<Column> widened) {
    /**
     * One column with the type that it has now.
     *
     * @param from the type before, null for a new column
     */
    public record Column(String name, String type, String from) {}
}
