/**
 * JSON-RPC 2.0, whatever the transport.
 *
 * <pre>
 *   bytes ─► RpcMessage (one call or a batch, checked) ─► RpcDispatcher ─► RpcMethod ─► RpcCall.reply / fail
 *                                                            │                              │
 *                                                            └── RpcBatch gathers ◄─────────┘ ─► RpcPeer
 * </pre>
 *
 * {@code ProcedureMethod} calls the world's procedures, {@code TableMethods}, {@code SchemaMethods} and
 * {@code ServerMethods} are built in, {@code OpenRpcDocument} describes them all. {@code RpcRoutes} is the transport
 * over HTTP.
 *
 * <p>Threading: event loops, and worker threads for large bodies; replies come on the event loop.
 */
package io.taktdb.api.rpc;
