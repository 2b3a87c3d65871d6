package io.taktdb.types.json;

/**
 * How a client wants values written.
 *
 * @param int64AsString whether i64 and u64 are decimal strings, for clients whose numbers are all f64
 */
public record JsonStyle(boolean int64AsString) {
    /** Numbers as numbers. */
    public static final JsonStyle PLAIN = new JsonStyle(false);
}
