package io.taktdb.types.schema;

/**
 * A field as a client asks for it, before names are resolved and a field id is given.
 *
 * @param type the type's spelling
 * @param defaultJson JSON text, or null for no default
 * @param group page group, or null for {@link Field#DEFAULT_GROUP}
 * @param unique whether two records may not have the same value: asks for a unique index on the field
 */
public record FieldSpec(String name, String type, boolean optional, String defaultJson, String group, boolean unique) {
    /** A field whose values may be equal. */
    public FieldSpec(
            final String name,
            final String type,
            final boolean optional,
            final String defaultJson,
            final String group) {
        this(name, type, optional, defaultJson, group, false);
    }

    /** A required field in the default group. */
    public static FieldSpec of(final String name, final String type) {
        return new FieldSpec(name, type, false, null, null);
    }

    /** The same field, but null is allowed. */
    public FieldSpec asOptional() {
        return new FieldSpec(name, type, true, defaultJson, group, unique);
    }

    /** The same field with a default, given as JSON text. */
    public FieldSpec withDefault(final String json) {
        return new FieldSpec(name, type, optional, json, group, unique);
    }

    /** The same field in a page group. */
    public FieldSpec inGroup(final String newGroup) {
        return new FieldSpec(name, type, optional, defaultJson, newGroup, unique);
    }

    /** The same field, but no two records may have the same value. */
    public FieldSpec asUnique() {
        return new FieldSpec(name, type, optional, defaultJson, group, true);
    }
}
