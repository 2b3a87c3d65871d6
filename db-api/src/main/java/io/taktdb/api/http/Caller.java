package io.taktdb.api.http;

import io.taktdb.runtime.procedure.Client;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Names;
import java.util.Set;

/**
 * Who sends a request, as far as the server knows, and what that one may do.
 *
 * @param name of the token, for logs; empty without one
 * @param role the highest that the caller has; each includes those before it
 * @param tables the only tables that the caller may touch; empty for all
 * @param token {@code valid}, or why there is none: {@code none}, {@code unknown}, {@code expired}
 */
public record Caller(String name, Role role, Set<String> tables, String token) {
    /** Attribute of UNAUTHORIZED: what was wrong with the token. */
    static final String TOKEN = "token";

    private static final String VALID = "valid";
    private static final String NONE = "none";

    /** Anybody, where no tokens are configured: the socket is on loopback then. */
    public static final Caller EVERYONE = new Caller("", Role.ADMIN, Set.of(), VALID);

    /** Somebody without a token, where there are tokens. */
    public static final Caller ANONYMOUS = new Caller("", Role.PUBLIC, Set.of(), NONE);

    /** Somebody with a token that is none of those configured. */
    public static final Caller UNKNOWN = new Caller("", Role.PUBLIC, Set.of(), "unknown");

    /** Somebody whose token has ended. */
    public static final Caller EXPIRED = new Caller("", Role.PUBLIC, Set.of(), "expired");

    public Caller {
        tables = Set.copyOf(tables);
    }

    /** The holder of a token. */
    public static Caller of(final String name, final Role role, final Set<String> tables) {
        return new Caller(name, role, tables, VALID);
    }

    /** Who it is, as procedures are told. */
    public Client client() {
        return name.isEmpty() ? Client.NONE : new Client(name, 0);
    }

    /**
     * Lets the caller pass if it has a role.
     *
     * @throws DbException UNAUTHORIZED without a valid token; FORBIDDEN with one of a lower role
     */
    public void require(final Role wanted) {
        if (role.compareTo(wanted) >= 0) {
            return;
        }
        if (!VALID.equals(token)) {
            throw new DbException(
                            ErrorCode.UNAUTHORIZED,
                            "a valid token is needed: token=" + token + ", role=" + wanted.word()
                                    + "; send Authorization: Bearer and a token of this server")
                    .with(TOKEN, token);
        }
        throw new DbException(
                        ErrorCode.FORBIDDEN,
                        "token lacks the right: token=" + name + ", role=" + role.word() + ", needed=" + wanted.word()
                                + "; use a token of that role")
                .with("needed", wanted.word());
    }

    /**
     * Lets the caller pass if it may touch a table.
     *
     * @throws DbException FORBIDDEN
     */
    public void requireTable(final String table) {
        if (!tables.isEmpty() && !tables.contains(table)) {
            throw new DbException(
                    ErrorCode.FORBIDDEN,
                    "token is not for this table: token=" + name + ", table=" + Names.abbreviate(table)
                            + "; use a token without a list of tables, or one that lists it");
        }
    }

    /**
     * Lets the caller pass if it may touch every table.
     *
     * @throws DbException FORBIDDEN
     */
    public void requireAllTables() {
        if (!tables.isEmpty()) {
            throw new DbException(
                    ErrorCode.FORBIDDEN,
                    "token is for some tables only: token=" + name + "; this request may touch others: use a token"
                            + " without a list of tables");
        }
    }
}
