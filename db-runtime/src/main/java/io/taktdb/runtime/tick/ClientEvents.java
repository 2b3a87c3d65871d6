package io.taktdb.runtime.tick;

import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.procedure.Client;
import io.taktdb.runtime.procedure.LifeEvent;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients that came or have gone, on their way into the loop. A client is in it at most once, so it holds no more than
 * there are clients; and it refuses none that goes, however full the queue of commands is.
 *
 * <p>Threading: {@link #connect} any thread, {@link #poll} the tick thread.
 */
final class ClientEvents {
    /** The most clients at once. */
    static final int MAX_CLIENTS = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(ClientEvents.class);

    /** Connections of one start of the engine have numbers of their own. */
    private static final int CONNECTION_BITS = 24;

    private final boolean isHeard;
    private final AtomicLong connections;
    private final AtomicInteger clients = new AtomicInteger();
    private final Queue<ClientSession> changed = new ConcurrentLinkedQueue<>();
    private Submission opened;

    ClientEvents(final Registry registry, final long lastCommit) {
        connections = new AtomicLong(lastCommit << CONNECTION_BITS);
        isHeard = !registry.on(LifeEvent.CONNECTED).isEmpty()
                || !registry.on(LifeEvent.DISCONNECTED).isEmpty();
        opened = registry.on(LifeEvent.OPENED).isEmpty() ? null : life(LifeEvent.OPENED, Client.NONE, done -> {});
    }

    /**
     * A client has come.
     *
     * @throws DbException OVERLOADED too many clients; LIMIT_EXCEEDED its name is too long
     */
    ClientSession connect(final String name) {
        if (name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > Client.MAX_NAME_BYTES) {
            throw new DbException(
                    ErrorCode.LIMIT_EXCEEDED, "client's name is too long: limit=" + Client.MAX_NAME_BYTES + " bytes");
        }
        if (clients.incrementAndGet() > MAX_CLIENTS) {
            clients.decrementAndGet();
            throw new DbException(
                    ErrorCode.OVERLOADED, "too many clients: limit=" + MAX_CLIENTS + "; close sessions first");
        }
        final Client client = new Client(name, connections.incrementAndGet());
        final ClientSession session = new ClientSession(client, this::note, this::forget);
        note(session);
        return session;
    }

    private void note(final ClientSession session) {
        if (isHeard) {
            changed.add(session);
        } else if (!session.move(ClientSession.Step.COMING, ClientSession.Step.HERE)) {
            clients.decrementAndGet();
        }
    }

    private void forget(final ClientSession session) {
        changed.remove(session);
        clients.decrementAndGet();
    }

    /** The next event as a command, or null. */
    Submission poll() {
        if (opened != null) {
            final Submission first = opened;
            opened = null;
            return first;
        }
        for (ClientSession next = changed.poll(); next != null; next = changed.poll()) {
            final ClientSession session = next;
            if (session.move(ClientSession.Step.COMING, ClientSession.Step.HERE)) {
                return life(LifeEvent.CONNECTED, session.client(), done -> came(session, done));
            }
            if (session.move(ClientSession.Step.GOING, ClientSession.Step.GONE)) {
                clients.decrementAndGet();
                return life(LifeEvent.DISCONNECTED, session.client(), done -> {});
            }
        }
        return null;
    }

    /** Who was not let in by the module is not said to have gone, either. */
    private void came(final ClientSession session, final Submission done) {
        if (done.error() != null && session.move(ClientSession.Step.HERE, ClientSession.Step.GONE)) {
            clients.decrementAndGet();
        }
    }

    private static Submission life(
            final LifeEvent event, final Client client, final io.taktdb.runtime.command.ReplyTo then) {
        final CommandWriter command = new CommandWriter(64);
        command.putLife(event, client);
        return command.ack(Ack.TICK).toSubmission(done -> {
            if (done.error() != null) {
                LOG.warn(
                        "a module's code for clients failed: event={}, client={}, connection={}",
                        event,
                        client.name(),
                        client.connection(),
                        done.error());
            }
            then.onReply(done);
        });
    }

    /** Clients that are here. */
    int clients() {
        return clients.get();
    }
}
