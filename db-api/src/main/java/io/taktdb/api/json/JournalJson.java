package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.runtime.journal.JournalStatus;
import io.taktdb.runtime.journal.JournalStatus.Mode;
import java.io.IOException;
import java.util.Locale;

/**
 * The journal's figures.
 *
 * <pre>
 *   journalTick: newest durable tick,
 *   journal: {mode: on | read_only, failure, commit, segments, diskBytes, writtenBytes, waitingCommits, waitingBytes,
 *             maxWaitingBytes, syncs, syncUs: {p50, p99, max}, failures}
 * </pre>
 *
 * Both are null without a journal. Threading: none of its own.
 */
final class JournalJson {
    private static final double NS_PER_US = 1e3;

    private JournalJson() {}

    static void write(final JsonGenerator json, final JournalStatus status) throws IOException {
        if (status.mode() == Mode.OFF) {
            json.writeNullField("journalTick");
            json.writeNullField("journal");
            return;
        }
        json.writeNumberField("journalTick", status.tick());
        json.writeObjectFieldStart("journal");
        json.writeStringField("mode", status.mode().name().toLowerCase(Locale.ROOT));
        json.writeStringField("failure", status.failure());
        json.writeNumberField("commit", status.commit());
        json.writeNumberField("segments", status.segments());
        json.writeNumberField("diskBytes", status.diskBytes());
        json.writeNumberField("writtenBytes", status.writtenBytes());
        json.writeNumberField("waitingCommits", status.waitingCommits());
        json.writeNumberField("waitingBytes", status.waitingBytes());
        json.writeNumberField("maxWaitingBytes", status.maxWaitingBytes());
        json.writeNumberField("syncs", status.syncs());
        json.writeObjectFieldStart("syncUs");
        json.writeNumberField("p50", status.syncP50Ns() / NS_PER_US);
        json.writeNumberField("p99", status.syncP99Ns() / NS_PER_US);
        json.writeNumberField("max", status.syncMaxNs() / NS_PER_US);
        json.writeEndObject();
        json.writeNumberField("failures", status.failures());
        json.writeEndObject();
    }
}
