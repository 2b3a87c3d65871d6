package io.taktdb.api.rpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.taktdb.api.http.Caller;
import io.taktdb.api.http.CommandPort;
import io.taktdb.api.http.Link;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Sender;
import io.taktdb.api.socket.SocketFault;
import io.taktdb.api.socket.WebSocketSession;
import io.taktdb.api.stream.Topics;
import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.procedure.Client;
import io.taktdb.runtime.tick.ClientSession;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * JSON-RPC 2.0 over one WebSocket: text messages, any number in flight, answers as they become ready.
 *
 * <p>Beyond a number of unanswered messages the connection is not read. Threading: the connection's event loop; answers
 * may come from any thread.
 */
final class RpcSocket implements WebSocketSession.Handler {
    private final RpcDispatcher dispatcher;
    private final Topics topics;
    private final Sender sender;
    private final Caller first;
    private final Ack ack;
    private final Function<String, ClientSession> comings;
    private WebSocketSession session;
    private ClientSession client;
    private Link link;
    private RpcSubscriptions subscriptions;
    private int inFlight;
    private boolean isClosed;

    /**
     * @param sender says whose messages these are, as long as the token holds
     * @param ack when writes are answered
     * @param comings takes note of a client that has come, by its name
     */
    RpcSocket(
            final RpcDispatcher dispatcher,
            final Topics topics,
            final Sender sender,
            final Ack ack,
            final Function<String, ClientSession> comings) {
        this.ack = ack;
        this.comings = comings;
        this.sender = sender;
        this.first = sender.get();
        this.dispatcher = dispatcher;
        this.topics = topics;
    }

    @Override
    public void opened(final WebSocketSession opened, final Link connection) {
        session = opened;
        link = connection;
        client = comings.apply(sender.get().name());
        subscriptions = new RpcSubscriptions(topics, session, link);
    }

    @Override
    public void message(final byte[] bytes, final int length, final boolean isText) {
        if (!isText) {
            throw new SocketFault(SocketFault.NOT_ACCEPTED, "messages are JSON in text frames");
        }
        inFlight++;
        dispatcher.dispatch(bytes, 0, length, new Peer());
    }

    @Override
    public boolean hasRoom() {
        return inFlight < link.limits().streams().inFlight();
    }

    @Override
    public void writable() {
        subscriptions.writable();
    }

    @Override
    public void sweep() {
        final Caller now = sender.get();
        if (now.role().compareTo(Role.READ) < 0 || !now.tables().equals(first.tables())) {
            session.close(SocketFault.POLICY, "the token has ended, was taken away or changed; connect again");
        }
    }

    @Override
    public void closed() {
        isClosed = true;
        if (client != null) {
            client.close();
        }
        if (subscriptions != null) {
            subscriptions.close();
        }
    }

    @Override
    public void stalled() {
        subscriptions.stalled();
    }

    private void answered(final ByteBuf content) {
        final boolean wasFull = !hasRoom();
        inFlight--;
        if (isClosed && content != null) {
            content.release();
        } else if (content != null) {
            session.send(true, content);
        }
        if (wasFull) {
            session.resume();
        }
    }

    /** The client, for one message. */
    private final class Peer implements RpcPeer {
        @Override
        public Caller caller() {
            return sender.get();
        }

        @Override
        public void count(final int place) {
            sender.count();
        }

        @Override
        public Client client() {
            return client.client();
        }

        @Override
        public ByteBufAllocator allocator() {
            return link.allocator();
        }

        @Override
        public ByteBuf newContent() {
            return link.allocator().directBuffer(256);
        }

        @Override
        public CommandPort commands() {
            return (command, whenDone) -> link.commands().submit(command.ack(ack), whenDone);
        }

        @Override
        public RpcSubscriptions subscriptions() {
            return subscriptions;
        }

        @Override
        public void offload(final Runnable work) {
            try {
                link.workers().execute(work);
            } catch (final RejectedExecutionException e) {
                throw new DbException(
                        ErrorCode.OVERLOADED, "too many large requests wait for a worker; try again later", e);
            }
        }

        @Override
        public void answer(final ByteBuf content, final long tick, final long commit) {
            try {
                link.execute(() -> answered(content));
            } catch (final RejectedExecutionException e) {
                if (content != null) {
                    content.release(); // the server has stopped: nobody is there to be answered
                }
            }
        }
    }
}
