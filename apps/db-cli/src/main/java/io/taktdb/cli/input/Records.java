package io.taktdb.cli.input;

/** Records out of a file, in batches. Threading: one thread. */
public interface Records extends AutoCloseable {
    /**
     * The next batch, or null at the end.
     *
     * @throws io.taktdb.cli.exit.CliFailure the input breaks off or cannot be understood
     */
    Batch next();

    /** Bytes read so far. */
    long bytes();

    /** Size of the input, or -1 when it is not known. */
    long totalBytes();

    @Override
    void close();
}
