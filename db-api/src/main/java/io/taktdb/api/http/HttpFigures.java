package io.taktdb.api.http;

/**
 * The HTTP server's figures at one moment.
 *
 * @param connections open now
 * @param refusedConnections closed at once since the start, because there were too many
 * @param waitingReplies commands handed to the engine and not answered
 * @param bodyBytes memory that unfinished bodies take
 * @param waitingWork large requests that wait for a worker thread
 * @param requests by route and status
 * @param limits of the server
 */
public record HttpFigures(
        int connections,
        long refusedConnections,
        int waitingReplies,
        long bodyBytes,
        int waitingWork,
        RequestCounts requests,
        HttpLimits limits) {}
