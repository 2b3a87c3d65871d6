package io.taktdb.api.http;

import java.util.Locale;

/**
 * What a caller must be allowed to do before a route answers. A route cannot be made without naming one.
 *
 * <p>In ascending order: each role includes those before it. Without tokens configured the server is bound to loopback
 * and every caller has every role.
 */
public enum Role {
    /** Anyone: liveness, the front page. */
    PUBLIC,
    /** Reads rows, schema and status. */
    READ,
    /** Changes rows and calls procedures. */
    WRITE,
    /** Changes the schema, takes snapshots and dumps. */
    ADMIN;

    /** As it is written in configurations and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
