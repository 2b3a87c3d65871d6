package io.taktdb.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HugePagesTest {
    private static final int HUGE_BYTES = 2 << 20;

    @ParameterizedTest
    @ValueSource(ints = {4096, 10_240, 32_768, 65_536})
    void shouldFillHugePagesWithLargeSlabsAndLeaveLittleUnused(final int pageBytes) {
        final int wanted = FramePool.MAX_SLAB_BYTES / pageBytes;
        final int frames = Slab.framesFor(wanted, pageBytes);
        final long bytes = Slab.bytesFor(frames, pageBytes);
        assertEquals(0, (bytes + 8192) % HUGE_BYTES, "frames=" + frames + ", bytes=" + bytes);
        assertTrue(frames <= wanted && frames > wanted - wanted / 8, "frames=" + frames + ", wanted=" + wanted);
        final long used = (long) frames * (FramePool.metaBytes(pageBytes) + 2L * pageBytes);
        assertTrue(bytes - used < bytes / 16, "bytes=" + bytes + ", used=" + used);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void shouldNotBlowUpSmallSlabs(final int frames) {
        final int pageBytes = 4096;
        assertEquals(frames, Slab.framesFor(frames, pageBytes));
        assertTrue(Slab.bytesFor(frames, pageBytes) <= 4096 + (frames * 2L) * (pageBytes + 64));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldNotBlowUpSlabsOfVeryWidePages(final int frames) {
        final int pageBytes = 1 << 20;
        final long twins = 2L * pageBytes * frames;
        assertTrue(Slab.bytesFor(Slab.framesFor(frames, pageBytes), pageBytes) <= twins + twins / 15);
    }
}
