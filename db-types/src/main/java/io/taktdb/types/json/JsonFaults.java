package io.taktdb.types.json;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What does not fit the schema in one request, collected so that the caller learns all of it at once.
 *
 * <p>The first {@value #MAX_FAULTS} are kept, all are counted. Threading: one thread.
 */
public final class JsonFaults {
    /** The most faults that one error names. */
    public static final int MAX_FAULTS = 100;

    /** What {@link Fault#came} says of a value that is missing. */
    static final String ABSENT = "nothing";

    /**
     * One value that does not fit.
     *
     * @param field its path, such as {@code position.x} or {@code [2].tags[3]}
     */
    public record Fault(String field, String expected, String came) {}

    /** Faults after these get no "did you mean": a suggestion costs a walk over all names. */
    private static final int MAX_SUGGESTIONS = 8;

    private final List<Fault> faults = new ArrayList<>();
    private int count;
    private int record = -1;

    /** Says which record of an array the next faults belong to; -1 for none. */
    public void atRecord(final int position) {
        record = position;
    }

    /**
     * Adds a fault.
     *
     * @param path the field's path within its record, empty for the record itself
     */
    public void add(final String path, final String expected, final String came) {
        count++;
        if (faults.size() < MAX_FAULTS) {
            faults.add(new Fault(place(path), expected, came));
        }
    }

    private String place(final String path) {
        if (record < 0) {
            return path.isEmpty() ? "record" : path;
        }
        return "[" + record + "]" + (path.isEmpty() ? "" : "." + path);
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** The nearest known name as a remark behind what was expected, e.g. {@code " (did you mean hp?)"}, or nothing. */
    String suggestion(final String wanted, final Supplier<List<String>> known) {
        final String nearest = count < MAX_SUGGESTIONS ? Suggestion.nearest(wanted, known.get()) : null;
        return nearest == null ? "" : " (did you mean " + nearest + "?)";
    }

    /** How many faults there were, also those that were not kept. */
    public int count() {
        return count;
    }

    /** The faults that were kept, in order. */
    public List<Fault> list() {
        return List.copyOf(faults);
    }

    /** Forgets everything. */
    public void clear() {
        faults.clear();
        count = 0;
        record = -1;
    }

    /** Throws {@link #toException} if there is any fault. */
    public void throwIfAny(final String subject) {
        if (count > 0) {
            throw toException(subject);
        }
    }

    /**
     * All faults as one SCHEMA_MISMATCH, with attribute {@code fields}: a list of {@code {field, expected, came}}.
     *
     * @param subject what was read, e.g. {@code table=player}
     */
    public DbException toException(final String subject) {
        final StringBuilder detail = new StringBuilder("does not fit the schema: ")
                .append(subject)
                .append(", faults=")
                .append(count);
        final List<Map<String, Object>> fields = new ArrayList<>(faults.size());
        for (final Fault fault : faults) {
            detail.append("; ")
                    .append(fault.field())
                    .append(": expected ")
                    .append(fault.expected())
                    .append(", came ")
                    .append(fault.came());
            final Map<String, Object> named = new LinkedHashMap<>();
            named.put("field", fault.field());
            named.put("expected", fault.expected());
            named.put("came", fault.came());
            fields.add(named);
        }
        if (count > faults.size()) {
            detail.append("; only the first ").append(MAX_FAULTS).append(" are named");
        }
        return new DbException(ErrorCode.SCHEMA_MISMATCH, detail.toString()).with("fields", fields);
    }
}
