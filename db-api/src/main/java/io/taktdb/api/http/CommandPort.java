package io.taktdb.api.http;

import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import java.util.function.Consumer;

/**
 * The way of one event loop's commands into the engine, and of the replies back to that event loop.
 *
 * <p>Threading: {@link #submit} from any thread; the reply comes on the event loop.
 */
public interface CommandPort {
    /**
     * Hands a command over. Must be called once per writer.
     *
     * @param whenDone called with the reply, refused or committed
     */
    void submit(CommandWriter command, Consumer<Submission> whenDone);
}
