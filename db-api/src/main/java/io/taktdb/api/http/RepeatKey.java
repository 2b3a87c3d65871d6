package io.taktdb.api.http;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The key of a request on its way to the engine: each command of the request gets it with the command's place in the
 * request, so that the same request gives the same keys. Threading: any.
 */
final class RepeatKey {
    private final byte[] name;
    private final byte[] print;
    private final AtomicInteger commands = new AtomicInteger();
    private volatile boolean isRepeated;

    /**
     * @param name a digest of the caller and the key
     * @param print a digest of the request
     */
    RepeatKey(final byte[] name, final byte[] print) {
        this.name = name;
        this.print = print;
    }

    /** A way into the engine that puts the key on every command. */
    CommandPort over(final CommandPort port) {
        return (command, whenDone) -> port.submit(command.key(nextName(), print), done -> {
            if (done.isRepeated()) {
                isRepeated = true;
            }
            whenDone.accept(done);
        });
    }

    private byte[] nextName() {
        final int place = commands.getAndIncrement();
        final byte[] placed = Arrays.copyOf(name, name.length + Short.BYTES);
        placed[name.length] = (byte) (place >>> Byte.SIZE);
        placed[name.length + 1] = (byte) place;
        return placed;
    }

    /** Says in an answer whether the engine had given it before. */
    void note(final Response answer) {
        if (isRepeated) {
            answer.header(IdempotencyKeys.REPLAYED, "true");
        }
    }
}
