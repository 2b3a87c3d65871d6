package io.taktdb.runtime.tick;

import io.taktdb.runtime.procedure.Client;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One client from its coming to its going, as modules hear of it: once that it has come, and once that it has gone, in
 * this order; neither when it has gone before the loop took note of it. Close it when the client has gone. Threading:
 * any thread.
 */
public final class ClientSession implements AutoCloseable {
    /** Where it stands. */
    enum Step {
        COMING,
        HERE,
        GOING,
        GONE
    }

    private final Client client;
    private final Consumer<ClientSession> changed;
    private final Consumer<ClientSession> gone;
    private final AtomicReference<Step> step = new AtomicReference<>(Step.COMING);

    ClientSession(final Client client, final Consumer<ClientSession> changed, final Consumer<ClientSession> gone) {
        this.client = client;
        this.changed = changed;
        this.gone = gone;
    }

    /** Who it is; give it to {@code CommandWriter.putAs} of the client's commands. */
    public Client client() {
        return client;
    }

    Step step() {
        return step.get();
    }

    boolean move(final Step from, final Step to) {
        return step.compareAndSet(from, to);
    }

    /** The client has gone. Again is harmless. */
    @Override
    public void close() {
        if (move(Step.COMING, Step.GONE)) {
            gone.accept(this);
        } else if (move(Step.HERE, Step.GOING)) {
            changed.accept(this);
        }
    }
}
