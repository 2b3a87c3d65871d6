package io.taktdb.api.http;

import java.util.Arrays;

/**
 * Header fields of one message in the order of their arrival; names are in lower case.
 *
 * <p>Threading: filled by the connection's event loop, read only afterwards.
 */
public final class Headers {
    private String[] entries = new String[16];
    private int length;

    /**
     * Adds a field.
     *
     * @param name in lower case
     */
    public void add(final String name, final String value) {
        if (length == entries.length) {
            entries = Arrays.copyOf(entries, length * 2);
        }
        entries[length++] = name;
        entries[length++] = value;
    }

    /** How many fields there are. */
    public int size() {
        return length / 2;
    }

    /** The first field of that name, or null. */
    public String get(final String name) {
        for (int i = 0; i < length; i += 2) {
            if (entries[i].equals(name)) {
                return entries[i + 1];
            }
        }
        return null;
    }

    /** How many fields have that name. */
    public int count(final String name) {
        int count = 0;
        for (int i = 0; i < length; i += 2) {
            if (entries[i].equals(name)) {
                count++;
            }
        }
        return count;
    }

    /** All fields of that name as one comma-separated list, or null when there is none. */
    public String list(final String name) {
        String all = null;
        for (int i = 0; i < length; i += 2) {
            if (entries[i].equals(name)) {
                all = all == null ? entries[i + 1] : all + ',' + entries[i + 1];
            }
        }
        return all;
    }

    /** Whether the comma-separated list of that name has the token, case ignored. */
    public boolean hasToken(final String name, final String token) {
        final String all = list(name);
        if (all == null) {
            return false;
        }
        for (final String one : all.split(",", -1)) {
            if (one.trim().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }
}
