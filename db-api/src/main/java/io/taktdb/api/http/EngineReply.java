package io.taktdb.api.http;

import io.taktdb.runtime.command.Submission;
import java.util.function.Consumer;

/** What becomes of a request when the engine answers its command. Threading: event loop. */
record EngineReply(Exchange exchange, Exchange.Reply whenCommitted) implements Consumer<Submission> {
    @Override
    public void accept(final Submission submission) {
        try {
            if (submission.error() != null) {
                exchange.respond(Problem.of(submission.error(), exchange.allocator())
                        .state(submission.tick(), submission.commit()));
            } else {
                whenCommitted.onCommitted(submission);
            }
        } catch (final Throwable e) {
            exchange.fail(e);
        }
    }
}
