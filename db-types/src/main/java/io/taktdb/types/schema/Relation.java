package io.taktdb.types.schema;

/**
 * The promise that a field's values are ids of records in a table. Threading: immutable.
 *
 * @param id stable number within the schema, never used again after a drop
 * @param sourceTableId table of the records that refer
 * @param sourceFieldId their field, of type u64 or i64
 * @param destinationTableId table of the records that are referred to; may be the source itself
 */
public record Relation(int id, int sourceTableId, int sourceFieldId, int destinationTableId, OnDelete onDelete) {
    /** Whether the relation starts or ends at a table. */
    public boolean touches(final int tableId) {
        return sourceTableId == tableId || destinationTableId == tableId;
    }

    /** Whether a field is the one that refers. */
    public boolean uses(final int tableId, final int fieldId) {
        return sourceTableId == tableId && sourceFieldId == fieldId;
    }
}
