package io.taktdb.runtime;

import io.taktdb.runtime.command.ReplyTo;
import io.taktdb.runtime.command.Submission;
import java.util.concurrent.CompletableFuture;

/** Keeps a promise with the answer to a command. Threading: see {@link ReplyTo}. */
record Promise(CompletableFuture<Submission> reply) implements ReplyTo {
    @Override
    public void onReply(final Submission done) {
        if (done.error() == null) {
            reply.complete(done);
        } else {
            reply.completeExceptionally(done.error());
        }
    }
}
