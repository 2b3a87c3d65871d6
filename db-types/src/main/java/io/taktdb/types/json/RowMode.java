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
     * <p>The merge ends at the field: the value of a composite, vector or {@code json} field is replaced whole, so that
     * what is stored does not depend on an older value, and nulls within {@code json} stay nulls.
     */
    MERGE
}
