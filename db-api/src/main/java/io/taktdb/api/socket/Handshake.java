package io.taktdb.api.socket;

import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.Response;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The opening handshake (RFC 6455, 4.2). Threading: none of its own. */
public final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;

    private Handshake() {}

    /**
     * Answers an upgrade to WebSocket.
     *
     * @throws DbException INVALID_REQUEST it is none, or not a valid one; UPGRADE_REQUIRED another version
     */
    public static void accept(final Exchange exchange, final WebSocketSession session) {
        final boolean isUpgrade = "GET".equals(exchange.head().method())
                && !exchange.head().http10()
                && exchange.head().headers().hasToken("upgrade", "websocket")
                && exchange.head().headers().hasToken("connection", "upgrade");
        if (!isUpgrade) {
            throw new DbException(
                            ErrorCode.UPGRADE_REQUIRED,
                            "this is a WebSocket: send GET with upgrade: websocket and connection: upgrade")
                    .with("upgrade", "websocket");
        }
        if (!VERSION.equals(exchange.header("sec-websocket-version"))) {
            throw new DbException(
                            ErrorCode.UPGRADE_REQUIRED,
                            "WebSocket version is not supported: sec-websocket-version="
                                    + exchange.header("sec-websocket-version") + "; use " + VERSION)
                    .with("upgrade", "websocket");
        }
        final String key = exchange.header("sec-websocket-key");
        if (key == null || exchange.head().headers().count("sec-websocket-key") != 1 || !isKey(key)) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST, "sec-websocket-key is not 16 bytes in base64, once; send a random one");
        }
        exchange.respond(Response.of(101)
                .takeOver(null, session)
                .header("upgrade", "websocket")
                .header("sec-websocket-accept", accept(key)));
    }

    private static boolean isKey(final String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }

    private static String accept(final String key) {
        try {
            final byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
