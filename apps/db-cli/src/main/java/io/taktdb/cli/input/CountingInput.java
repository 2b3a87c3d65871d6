package io.taktdb.cli.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that knows how many bytes were taken from it. Threading: one thread. */
final class CountingInput extends FilterInputStream {
    private long count;

    CountingInput(final InputStream in) {
        super(in);
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        final int one = super.read();
        count += one < 0 ? 0 : 1;
        return one;
    }

    @Override
    public int read(final byte[] target, final int offset, final int length) throws IOException {
        final int read = super.read(target, offset, length);
        count += Math.max(0, read);
        return read;
    }
}
