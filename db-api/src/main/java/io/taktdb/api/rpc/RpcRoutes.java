package io.taktdb.api.rpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.taktdb.api.http.BodyRule;
import io.taktdb.api.http.Caller;
import io.taktdb.api.http.CommandPort;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.RequestOptions;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.api.json.StatusJson;
import io.taktdb.api.socket.Handshake;
import io.taktdb.api.socket.WebSocketSession;
import io.taktdb.api.stream.Topics;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.Ack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /rpc} and {@code GET /ws}: JSON-RPC 2.0 over HTTP and WebSocket. The routes ask for the lowest role, each
 * method for its own.
 *
 * <p>Whatever JSON-RPC has an answer for is 200 with that answer, errors included; 204 when there is none.
 */
public final class RpcRoutes {
    private final RpcDispatcher dispatcher;

    private final Topics topics;
    private final TaktDb db;

    public RpcRoutes(final TaktDb db, final StatusJson status, final String version, final Topics topics) {
        this.topics = topics;
        this.db = db;
        final List<BuiltInMethod> methods = new ArrayList<>(new TableMethods(db).methods());
        methods.addAll(new SchemaMethods(db).methods());
        methods.addAll(new ServerMethods(db, status, () -> new OpenRpcDocument(db, version, methods)).methods());
        methods.addAll(new LiveMethods().methods());
        final Map<String, RpcMethod> byName = new LinkedHashMap<>();
        methods.forEach(method -> byName.put(method.name(), method));
        dispatcher = new RpcDispatcher(db, byName);
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/rpc", Role.READ, BodyRule.JSON, this::call).checkingTables(),
                Route.get("/ws", Role.READ, this::upgrade).checkingTables());
    }

    private void upgrade(final Exchange exchange) {
        exchange.query().only(RequestOptions.ACK);
        final Ack ack = RequestOptions.ack(exchange);
        Handshake.accept(
                exchange, new WebSocketSession(new RpcSocket(dispatcher, topics, exchange.sender(), ack, db::connect)));
    }

    private void call(final Exchange exchange) {
        exchange.query().only(RequestOptions.ACK);
        RequestOptions.checkWrite(exchange);
        final ByteBuf body = exchange.body();
        final RpcPeer peer = new HttpPeer(exchange);
        if (body.hasArray()) {
            dispatcher.dispatch(body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes(), peer);
        } else {
            final byte[] bytes = ByteBufUtil.getBytes(body);
            dispatcher.dispatch(bytes, 0, bytes.length, peer);
        }
    }

    /** The client of one HTTP request. */
    private static final class HttpPeer implements RpcPeer {
        private final Exchange exchange;
        private volatile boolean hasDone;

        HttpPeer(final Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void done() {
            hasDone = true;
        }

        @Override
        public Caller caller() {
            return exchange.caller();
        }

        @Override
        public void count(final int place) {
            if (place > 0) { // the request itself was counted when its head came
                exchange.sender().count();
            }
        }

        @Override
        public ByteBufAllocator allocator() {
            return exchange.allocator();
        }

        @Override
        public ByteBuf newContent() {
            return exchange.newContent();
        }

        @Override
        public CommandPort commands() {
            final Ack ack = RequestOptions.ack(exchange);
            return (command, whenDone) -> exchange.commands().submit(command.ack(ack), whenDone);
        }

        @Override
        public void offload(final Runnable work) {
            exchange.offload(work::run);
        }

        @Override
        public void answer(final ByteBuf content, final long tick, final long commit) {
            final Response answer = content == null ? Response.of(204) : Response.json(200, content);
            if (!hasDone) {
                answer.withoutEffect();
            }
            exchange.respond(answer.state(tick, commit));
        }
    }
}
