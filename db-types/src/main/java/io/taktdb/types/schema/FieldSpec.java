package io.taktdb.types.schema;

/**
 * A field as a client asks for it, before names are resolved and a field id is given.
 *
 * @param type the type's spelling
 * @param defaultJson JSON text, or null for no default
 * @param group page group, or null for {@link Field#DEFAULT_GROUP}
 */
public record FieldSpec(String name, String type, boolean optional, String defaultJson, String group) {
    /** A required field in the default group. */
    public static FieldSpec of(final String name, final String type) {
        return new FieldSpec(name, type, false, null, null);
    }

    /** The same field, but null is allowed. */
    public FieldSpec asOptional() {
        return new FieldSpec(name, type, true, defaultJson, group);
    }

    /** The same field with a default, given as JSON text. */
    public FieldSpec withDefault(final String json) {
        return new FieldSpec(name, type, optional, json, group);
    }

    /** The same field in a page group. */
    public FieldSpec inGroup(final String newGroup) {
        return new FieldSpec(name, type, optional, defaultJson, newGroup);
    }
}
