/**
 * {@code takt bench server}: what the front end adds to a bare Netty server, and how many transfers a second the whole
 * serves.
 *
 * <p>{@code ServerBench} runs the cases of {@code CallCase} beside {@code bench.floor}, {@code TransferBench} the
 * workload of transfers; servers are child JVMs ({@code Servers}), the client is {@code bench.load} in this one.
 */
package io.taktdb.bench.server;
