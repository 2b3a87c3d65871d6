package io.taktdb.api.server;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Tasks of an event loop at whose end every connection that they wrote to is flushed once.
 *
 * <p>Threading: {@link #run} from any thread, the rest on the event loop.
 */
final class EventLoopTurn implements Executor {
    private final EventLoop loop;
    private final List<Connection> written = new ArrayList<>();
    private boolean isRunning;

    EventLoopTurn(final EventLoop loop) {
        this.loop = loop;
    }

    /** Runs a task on the event loop; connections that it writes to are flushed at its end. */
    void run(final Runnable task) {
        loop.execute(() -> {
            isRunning = true;
            try {
                task.run();
            } finally {
                isRunning = false;
                for (int i = 0; i < written.size(); i++) {
                    written.get(i).flush();
                }
                written.clear();
            }
        });
    }

    /** The same, for those who know it as an executor. */
    @Override
    public void execute(final Runnable task) {
        run(task);
    }

    /**
     * Takes over the flush of a connection.
     *
     * @return false when no task is running: the caller must flush itself
     */
    boolean flushesLater(final Connection connection) {
        if (isRunning) {
            written.add(connection);
        }
        return isRunning;
    }
}
