package io.taktdb.persistence.sqlite;

import java.util.Locale;
import java.util.Set;

/**
 * Names of tables and columns in a dump.
 *
 * <p>A table keeps its name, unless it starts with {@code sqlite_}, which SQLite keeps for itself, or with
 * {@code _taktdb}, which the dump does, in any case of letters: then {@code _taktdb_of_} is put before it. So no two
 * tables share a name. Threading: none of its own.
 */
final class DumpNames {
    static final String WORLD = "_taktdb";
    static final String TABLES = "_taktdb_table";
    static final String EXACT = "_taktdb_exact";
    static final String IDS = "_taktdb_ids";

    private static final String ESCAPE = "_taktdb_of_";
    private static final String REST = "_taktdb_rest";

    private DumpNames() {}

    /** The name of a table's SQL table. */
    static String ofTable(final String table) {
        final String lower = table.toLowerCase(Locale.ROOT);
        return lower.startsWith("sqlite_") || lower.startsWith(WORLD) ? ESCAPE + table : table;
    }

    /**
     * A name for the column of the fields that have none of their own.
     *
     * @param taken names of fields in lower case
     */
    static String restColumn(final Set<String> taken) {
        String name = REST;
        while (taken.contains(name)) {
            name += "_";
        }
        return name;
    }

    /** The name in quotes, so that keywords of SQL are names too. Names of TaktDB hold no quotes. */
    static String quote(final String name) {
        return '"' + name + '"';
    }
}
