package io.taktdb.core.version;

import io.taktdb.core.memory.FramePool;
import io.taktdb.core.testing.Drawing;
import org.junit.jupiter.api.Test;

/** The drawings in the comments of this package and of the frames agree with the constants. */
class DrawingTest {
    @Test
    void shouldDrawTheMetaLineAsItIs() {
        final Drawing line = Drawing.of("version/PageMeta").get(0);
        line.hasOffsets(
                FramePool.HALF_A, FramePool.HALF_B, PageMeta.CURRENT_FROM, PageMeta.OTHER_FROM, PageMeta.BITMAP);
        line.endsAt(FramePool.META_BYTES);
    }

    @Test
    void shouldDrawTheFrameAsItIs() {
        final Drawing frame = Drawing.of("memory/FramePool").get(0);
        frame.hasOffsets(FramePool.HALF_A, FramePool.HALF_B, PageMeta.CURRENT_FROM);
        frame.endsAt(FramePool.META_BYTES);
    }
}
