package io.taktdb.cli.exit;

/**
 * An expected end of a command that is no success: a text for people and an exit code for scripts.
 *
 * <p>The text reads {@code fact: name=value; what to do about it}. It carries no stack trace, since none is shown.
 */
public final class CliFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String label;
    private final String problemJson;

    private CliFailure(final int exitCode, final String label, final String detail, final String problemJson) {
        super(detail, null, false, false);
        this.exitCode = exitCode;
        this.label = label;
        this.problemJson = problemJson;
    }

    /**
     * The server said no.
     *
     * @param code its error code
     * @param problemJson its body as JSON text, or null
     */
    public static CliFailure refused(final String code, final String detail, final String problemJson) {
        return new CliFailure(ExitCode.REFUSED, "error " + code, detail, problemJson);
    }

    /** The arguments make no sense. */
    public static CliFailure usage(final String detail) {
        return new CliFailure(ExitCode.USAGE, "error", detail, null);
    }

    /** No server answered. */
    public static CliFailure unreachable(final String detail) {
        return new CliFailure(ExitCode.UNREACHABLE, "error", detail, null);
    }

    /** A local file is at fault. */
    public static CliFailure localFile(final String detail) {
        return new CliFailure(ExitCode.LOCAL_FILE, "error", detail, null);
    }

    /** The same failure with a sentence added, for example what was done before it. */
    public CliFailure withNote(final String note) {
        return new CliFailure(exitCode, label, getMessage() + "; " + note, problemJson);
    }

    public int exitCode() {
        return exitCode;
    }

    /** What the user reads: {@code error CODE: detail}. */
    public String line() {
        return label + ": " + getMessage();
    }

    /** The server's problem body as JSON text, or null when the failure is not the server's. */
    public String problemJson() {
        return problemJson;
    }
}
