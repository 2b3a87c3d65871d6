package io.taktdb.persistence.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.core.state.State;
import io.taktdb.core.table.PageSet;
import io.taktdb.core.table.TableImage;
import io.taktdb.core.table.TableState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Comparison of whole states: pages byte by byte, counters, schema. */
public final class WorldContent {
    private WorldContent() {}

    /** Fails unless both states hold the same in the same places; commit and tick aside. */
    public static void assertSame(final State expected, final State actual) {
        assertEquals(expected.schema(), actual.schema(), "schema");
        assertEquals(expected.schema().nextTableId(), actual.schema().nextTableId());
        for (final TableState table : expected.tables()) {
            assertSame(table, actual.table(table.schema().name()));
        }
    }

    private static void assertSame(final TableState expected, final TableState actual) {
        final String name = expected.schema().name();
        assertArrayEquals(TableImage.scalarsOf(expected), TableImage.scalarsOf(actual), name);
        assertEquals(expected.layout().rowsPerChunk(), actual.layout().rowsPerChunk(), name);
        final List<PageSet> expectedSets = PageSet.of(expected);
        final List<PageSet> actualSets = PageSet.of(actual);
        for (int set = 0; set < expectedSets.size(); set++) {
            assertEquals(
                    pages(expectedSets.get(set)),
                    pages(actualSets.get(set)),
                    name + "." + expectedSets.get(set).name());
        }
    }

    /** Pages by number, each as a text of its bytes' hash; absent ones left out. */
    private static Map<Integer, String> pages(final PageSet set) {
        final Map<Integer, String> pages = new TreeMap<>();
        for (int page = 0; page < set.count(); page++) {
            final int bytes = set.bytes(page);
            if (bytes > 0) {
                final byte[] copy = new byte[bytes];
                set.copy(page, copy);
                pages.put(page, bytes + " bytes, hash " + Arrays.hashCode(copy));
            } else if (bytes == PageSet.DEAD) {
                pages.put(page, "dead");
            }
        }
        return pages;
    }
}
