package io.taktdb.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.core.memory.Guard;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Fails a test after which other off-heap bytes are live than before its instance was made:
 * {@code @ExtendWith(OffHeapLeakCheck.class)}.
 *
 * <p>Needs guard mode, which the build turns on for all tests. Threading: tests of one process must not run side by
 * side.
 */
public final class OffHeapLeakCheck implements TestInstancePreConstructCallback, AfterEachCallback {
    private long liveBytes;

    @Override
    public void preConstructTestInstance(final TestInstanceFactoryContext factory, final ExtensionContext context) {
        if (!Guard.ENABLED) {
            throw new IllegalStateException("guard is off, nothing can be checked; run with -Dtaktdb.guard=true");
        }
        liveBytes = Guard.liveBytes();
    }

    @Override
    public void afterEach(final ExtensionContext context) {
        assertEquals(liveBytes, Guard.liveBytes(), "live off-heap bytes; close the database at the end of the test");
    }
}
