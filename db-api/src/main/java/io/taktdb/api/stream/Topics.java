package io.taktdb.api.stream;

import io.taktdb.api.http.StreamFigures;
import io.taktdb.api.http.StreamLimits;
import io.taktdb.core.state.Lease;
import io.taktdb.runtime.TaktDb;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.TableSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** All topics that are followed, or were until a moment ago. Threading: any thread. */
public final class Topics {
    private final TaktDb db;
    private final StreamLimits limits;
    private final Map<TopicKey, Topic> topics = new HashMap<>();
    private final AtomicLong cutOff = new AtomicLong();

    public Topics(final TaktDb db, final StreamLimits limits) {
        this.db = db;
        this.limits = limits;
    }

    /**
     * Makes sure that a table can be followed as a client asks.
     *
     * @throws DbException TABLE_NOT_FOUND, INVALID_PARAMETER
     */
    public TableSchema check(final String table, final StreamSpec spec) {
        try (Lease lease = db.lease()) {
            final TableSchema schema = lease.state().schema().requireTable(table);
            RowSelection.of(spec, schema);
            return schema;
        }
    }

    /**
     * Follows a table.
     *
     * @param spec filters and fields
     * @param since the tick that the client has seen, to go on from; -1 for none
     * @param wantsRows whether it wants the rows first
     * @throws DbException TABLE_NOT_FOUND, INVALID_PARAMETER, OVERLOADED too many different topics
     */
    public Subscription join(
            final String table, final StreamSpec spec, final long since, final boolean wantsRows, final Sink sink) {
        final TopicKey key = new TopicKey(check(table, spec).id(), spec);
        synchronized (topics) {
            Topic topic = topics.get(key);
            if (topic == null) {
                if (topics.size() >= limits.topics()) {
                    throw new DbException(
                            ErrorCode.OVERLOADED,
                            "too many different streams: limit=" + limits.topics()
                                    + "; share selections, or try again later");
                }
                topic = new Topic(this, key, spec, limits);
                topic.follow(db.listen(table, topic));
                topics.put(key, topic);
            }
            return topic.join(sink, since, wantsRows);
        }
    }

    /** Takes a topic out that has ended. */
    void forget(final Topic topic) {
        synchronized (topics) {
            topics.values().remove(topic);
        }
    }

    /** Takes a topic out unless somebody has come back to it. */
    boolean forgetIfLeft(final Topic topic) {
        synchronized (topics) {
            return !topic.hasFollowers() && topics.values().remove(topic);
        }
    }

    /** Counts a client that was cut off because it read too slowly. */
    public void noteCutOff() {
        cutOff.incrementAndGet();
    }

    /** How many clients were cut off because they read too slowly. */
    public long cutOff() {
        return cutOff.get();
    }

    /** The figures of this moment. */
    public StreamFigures figures() {
        synchronized (topics) {
            final int followers =
                    topics.values().stream().mapToInt(Topic::followers).sum();
            return new StreamFigures(topics.size(), followers, cutOff.get());
        }
    }

    /** How many topics there are. */
    public int size() {
        synchronized (topics) {
            return topics.size();
        }
    }
}
