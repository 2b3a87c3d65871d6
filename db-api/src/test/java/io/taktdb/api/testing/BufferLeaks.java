package io.taktdb.api.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class after which a network buffer was collected that nobody had released. Applies to every test. */
public final class BufferLeaks implements BeforeAllCallback, AfterAllCallback {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final int COLLECTIONS = 3;

    static {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            @SuppressWarnings("deprecation") // the one abstract method of the class is its oldest
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                    final Class<T> resource, final int samplingInterval, final long maxActive) {
                return new Recorder<>(resource, samplingInterval);
            }
        });
    }

    @Override
    public void beforeAll(final ExtensionContext context) {
        LEAKS.clear();
    }

    @Override
    public void afterAll(final ExtensionContext context) {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            final ByteBuf reportsLeaks = ByteBufAllocator.DEFAULT.directBuffer(16);
            reportsLeaks.release();
        }
        if (!LEAKS.isEmpty()) {
            throw new AssertionError("buffers leaked: count=" + LEAKS.size() + "\n" + LEAKS.peek());
        }
    }

    /** Notes leaks instead of logging them. */
    private static final class Recorder<T> extends ResourceLeakDetector<T> {
        Recorder(final Class<T> resource, final int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(final String resourceType, final String records) {
            LEAKS.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(final String resourceType) {
            LEAKS.add(resourceType);
        }
    }
}
