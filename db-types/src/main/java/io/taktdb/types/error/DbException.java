package io.taktdb.types.error;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error with a code, a text and named values.
 *
 * <p>The text reads {@code fact: name=value, name=value; what to do about it}. {@link #attributes()} repeats the values
 * for programs, in the order in which they were added; keys are {@code snake_case} and end up beside {@code detail} in
 * a problem body. Errors that input can cause carry no stack trace.
 */
public final class DbException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, Object> attributes = new LinkedHashMap<>();

    public DbException(final ErrorCode code, final String detail) {
        this(code, detail, null);
    }

    public DbException(final ErrorCode code, final String detail, final Throwable cause) {
        super(detail, cause, true, !code.isCallersFault());
        this.code = code;
    }

    /** Adds a named value: a string, number, boolean, or a list or map of them. */
    public DbException with(final String name, final Object value) {
        attributes.put(name, value);
        return this;
    }

    public ErrorCode code() {
        return code;
    }

    /** Named values in insertion order; never null. */
    public Map<String, Object> attributes() {
        return attributes == null ? Map.of() : attributes;
    }
}
