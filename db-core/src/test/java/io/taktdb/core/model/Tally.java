package io.taktdb.core.model;

import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Prints how many operations a property came to, and its seed. Threading: any. */
final class Tally implements AroundPropertyHook {
    private static final AtomicLong OPERATIONS = new AtomicLong();
    private static final AtomicLong WORLDS = new AtomicLong();

    /** Counts a world that held what it should. */
    static void add(final long operations) {
        OPERATIONS.addAndGet(operations);
        WORLDS.incrementAndGet();
    }

    @Override
    public PropertyExecutionResult aroundProperty(
            final PropertyLifecycleContext context, final PropertyExecutor property) {
        OPERATIONS.set(0);
        WORLDS.set(0);
        final PropertyExecutionResult result = property.execute();
        System.out.println("model: operations=" + OPERATIONS + ", worlds=" + WORLDS + ", seed="
                + result.seed().orElse("none") + ", " + result.status());
        return result;
    }
}
