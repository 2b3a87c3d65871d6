/**
 * WebSocket, RFC 6455: the handshake, frames in and out, ping, and one proper end; nothing of what is said over it.
 *
 * <pre>
 *   GET /ws ─► Handshake ─► WebSocketSession ─► FrameReader ─► Handler (JSON-RPC, or an echo in tests)
 *                                └───────────── FrameWriter ◄──┘
 * </pre>
 *
 * Strict: reserved bits, unmasked frames, wrong fragments, wasteful lengths and text that is not UTF-8 end the
 * connection with the code that the RFC has for it. No extensions are offered.
 *
 * <p>Threading: the connection's event loop.
 */
package io.taktdb.api.socket;
