/**
 * Bytes in, bytes out: connections, framing of HTTP/1.1, order of pipelined answers, timeouts, start and stop.
 *
 * <pre>
 *   socket ─► Connection ─► RequestIntake ─► Exchange ─► Router ─► handler ─► CommandPort (ReplyMailbox)
 *                 ▲                                                               │ engine
 *                 └────────── ResponseQueue ◄──────────── reply ◄─────────────────┘
 * </pre>
 *
 * Reading order: {@link io.taktdb.api.server.HttpServer}, {@code Connection}, {@code RequestIntake}, {@code
 * RequestFramer}, {@code HeadReader}, {@code ResponseQueue}, {@code ReplyMailbox}.
 *
 * <p>Threading: a connection and all that it owns belong to its event loop; {@code ReplyMailbox} is where the tick
 * thread hands over.
 */
package io.taktdb.api.server;
