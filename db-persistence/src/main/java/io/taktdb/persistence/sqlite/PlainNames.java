package io.taktdb.persistence.sqlite;

import io.taktdb.types.schema.Names;
import java.util.List;
import java.util.Map;

/** Names of tables, columns and indexes that another program gave. Threading: none of its own. */
final class PlainNames {
    private PlainNames() {}

    /**
     * The name itself if it is one here; else with an underscore for every character that no name has.
     *
     * @param what what has the name, for notes
     * @throws IllegalArgumentException nothing of it is left, or it is too long
     */
    static String of(final String sqlName, final String what, final List<String> notes) {
        if (Names.isValid(sqlName)) {
            return sqlName;
        }
        String name = sqlName.replaceAll("[^A-Za-z0-9_]", "_");
        if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
            name = "_" + name;
        }
        if (!Names.isValid(name) || name.chars().allMatch(c -> c == '_')) {
            throw new IllegalArgumentException(
                    what + " has a name that cannot be one here, [A-Za-z_][A-Za-z0-9_]{0,254}: rename it");
        }
        notes.add(what + " is called " + name);
        return name;
    }

    /**
     * Says that a name is taken.
     *
     * @param taken names in lower case, and what has them
     * @throws IllegalArgumentException it was taken before
     */
    static void take(final Map<String, String> taken, final String name, final String what) {
        final String other = taken.put(Names.fold(name), what);
        if (other != null) {
            throw new IllegalArgumentException(
                    what + " and " + other + " would both be called " + name + ": rename one of them");
        }
    }
}
