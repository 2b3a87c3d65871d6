package io.taktdb.api.http;

/**
 * The figures of live streams at one moment.
 *
 * @param topics selections that are followed
 * @param followers streams and subscriptions that follow them
 * @param cutOff clients that were cut off since the start, because they read too slowly
 */
public record StreamFigures(int topics, int followers, long cutOff) {}
