package io.taktdb.runtime.procedure;

/**
 * Who is behind a call, as the front end knows it.
 *
 * @param name of the token, or whatever the program gave; empty for nobody in particular
 * @param connection number of the connection, unique in the life of a world; 0 without one
 */
public record Client(String name, long connection) {
    /** Nobody in particular: the world itself, such as a schedule. */
    public static final Client NONE = new Client("", 0);

    /** The most bytes of a name. */
    public static final int MAX_NAME_BYTES = 1024;
}
