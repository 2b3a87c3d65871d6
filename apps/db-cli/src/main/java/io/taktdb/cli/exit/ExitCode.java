package io.taktdb.cli.exit;

/** The exit codes of the client, as {@code --help} lists them; scripts rely on the numbers. */
public final class ExitCode {
    /** The command did what it was asked. */
    public static final int OK = 0;
    /** The server refused the request, and its problem was shown. */
    public static final int REFUSED = 1;
    /** The arguments make no sense; nothing was sent. */
    public static final int USAGE = 2;
    /** No server answered. */
    public static final int UNREACHABLE = 3;
    /** A local file could not be read, written or understood. */
    public static final int LOCAL_FILE = 4;

    private ExitCode() {}
}
