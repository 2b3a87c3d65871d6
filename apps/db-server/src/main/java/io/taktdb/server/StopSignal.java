package io.taktdb.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish of the operating system or the user that the process ends: SIGTERM, Ctrl-C, a closed terminal.
 *
 * <p>The first is noted, so that the main thread can stop in order. Another one, {@value #SAME_WISH_MS} ms later or
 * more, ends the process at once; sooner it is the same wish, since {@code timeout} and service managers signal a
 * process and its group. A shutdown hook would be too late for all that: hooks run side by side, those of libraries
 * too, while the last snapshot still needs them. Where signals cannot be had, a hook it is all the same.
 *
 * <p>Threading: any thread.
 */
public final class StopSignal {
    private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");
    private static final int EXIT_BY_SIGNAL = 130;
    private static final int SAME_WISH_MS = 500;

    private final CountDownLatch wished = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile long wishedNs;

    private StopSignal() {}

    /** Begins to listen for signals; they do not end the process any more. */
    public static StopSignal install() {
        final StopSignal signal = new StopSignal();
        try {
            for (final String name : SIGNALS) {
                handle(name, (proxy, method, arguments) -> signal.raise(method.getName()));
            }
        } catch (final ReflectiveOperationException | RuntimeException e) {
            Runtime.getRuntime().addShutdownHook(new Thread(signal::raiseAndWait, "takt-stop"));
        }
        return signal;
    }

    /** {@code sun.misc.Signal}, by name: the compiler warns of it and offers nothing else. */
    private static void handle(final String name, final InvocationHandler body) throws ReflectiveOperationException {
        final Class<?> signal = Class.forName("sun.misc.Signal");
        final Class<?> handler = Class.forName("sun.misc.SignalHandler");
        final Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, body);
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }

    private Object raise(final String method) {
        if (!"handle".equals(method)) {
            return null;
        }
        final long nowNs = System.nanoTime();
        if (wished.getCount() == 0) {
            if (nowNs - wishedNs >= TimeUnit.MILLISECONDS.toNanos(SAME_WISH_MS)) {
                Runtime.getRuntime().halt(EXIT_BY_SIGNAL);
            }
            return null;
        }
        wishedNs = nowNs;
        wished.countDown();
        return null;
    }

    private void raiseAndWait() {
        wished.countDown();
        try {
            stopped.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the wish. */
    public void await() throws InterruptedException {
        wished.await();
    }

    /**
     * Waits for the wish, but not longer than so.
     *
     * @return whether it came
     */
    public boolean await(final long time, final TimeUnit unit) throws InterruptedException {
        return wished.await(time, unit);
    }

    /** Says that everything is stopped; the process may end. */
    public void done() {
        stopped.countDown();
    }
}
