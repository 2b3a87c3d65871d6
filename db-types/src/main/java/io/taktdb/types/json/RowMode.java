package io.taktdb.types.json;

/** What a JSON object is to its record. */
public enum RowMode {
    /** A new record: a required field must be there; an {@code id} may be. */
    INSERT,
    /** The whole of a record that exists: as for INSERT, but the id is the addressed one. */
    REPLACE,
    /**
     * A merge patch (RFC 7396): absent fields stay, null clears an optional field.
     *
     * <p>An object for a {@code json} or composite field is merged into the value that is there when the command is
     * applied, member by member: it is written as a patch. All other values are replaced whole.
     */
    MERGE
}
