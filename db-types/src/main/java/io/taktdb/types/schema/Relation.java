package io.taktdb.types.schema;

/**
 * The promise that a field's values are ids of records in a table. Threading: immutable.
 *
 * @param id stable number within the schema, never used again after a drop
 * @param sourceTableId table of the records that refer
 * @param sourceFieldId their field, of type u64 or i64
 * @param destinationTableId table of the records that are referred to; may be the source itself
 * @param isByType whether the field was declared as {@code ref<table>}, and shows so
 */
public record Relation(
        int id, int sourceTableId, int sourceFieldId, int destinationTableId, OnDelete onDelete, boolean isByType) {
    /** A relation of a field that was declared as a number. */
    public Relation(
            final int id,
            final int sourceTableId,
            final int sourceFieldId,
            final int destinationTableId,
            final OnDelete onDelete) {
        this(id, sourceTableId, sourceFieldId, destinationTableId, onDelete, false);
    }

    /** Whether the relation starts or ends at a table. */
    public boolean touches(final int tableId) {
        return sourceTableId == tableId || destinationTableId == tableId;
    }

    /** Whether a field is the one that refers. */
    public boolean uses(final int tableId, final int fieldId) {
        return sourceTableId == tableId && sourceFieldId == fieldId;
    }
}
