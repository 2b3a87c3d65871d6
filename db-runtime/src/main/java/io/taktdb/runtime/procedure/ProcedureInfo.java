package io.taktdb.runtime.procedure;

import java.util.List;

/**
 * What clients may know of a procedure.
 *
 * @param name e.g. {@code world.damage}
 * @param description one sentence, may be empty
 * @param resultType the Java type of the result; records become JSON objects, {@code void.class} becomes null
 */
public record ProcedureInfo(String name, String description, List<Parameter> parameters, Class<?> resultType) {
    /** A parameter by name, or null. */
    public Parameter parameter(final String wanted) {
        for (final Parameter parameter : parameters) {
            if (parameter.name().equals(wanted)) {
                return parameter;
            }
        }
        return null;
    }
}
