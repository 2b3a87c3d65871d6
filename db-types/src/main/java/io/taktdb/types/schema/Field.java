package io.taktdb.types.schema;

/**
 * One field of a table.
 *
 * @param id stable number within its table: survives renames and widening, is never used again after a drop
 * @param name what clients call it
 * @param type what its values are
 * @param optional whether a record may have no value here (null)
 * @param defaultJson the value of a record that is inserted without one, as JSON text that fits {@code type}; or null
 * @param group the page group that holds the field, {@value #DEFAULT_GROUP} unless the schema says otherwise
 */
public record Field(int id, String name, FieldType type, boolean optional, String defaultJson, String group) {
    /** The group of fields that name none. */
    public static final String DEFAULT_GROUP = "main";

    /** Whether a record must bring a value: neither may it be null, nor is there a default. */
    public boolean isRequired() {
        return !mayBeNull() && defaultJson == null;
    }

    /** Whether null is a value: of an optional field, and of an option, whose none it is. */
    public boolean mayBeNull() {
        return optional || type instanceof OptionType;
    }

    /** The same field under another name. */
    public Field renamed(final String newName) {
        return new Field(id, newName, type, optional, defaultJson, group);
    }

    /** The same field with another type (and the default in that type's JSON). */
    public Field retyped(final FieldType newType, final String newDefaultJson) {
        return new Field(id, name, newType, optional, newDefaultJson, group);
    }
}
