package io.taktdb.core.layout;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;

/** Checks that no two values of a layout share a bit, and that all lie within their pages. */
final class PlaceCheck {
    private PlaceCheck() {}

    static void check(final TableLayout layout) {
        final BitSet[] pages = new BitSet[layout.groups().size()];
        for (int group = 0; group < pages.length; group++) {
            pages[group] = new BitSet();
        }
        claim(layout, pages[0], layout.id());
        for (final FieldPlace place : layout.fields()) {
            claim(layout, pages[place.group()], place);
        }
        for (int group = 0; group < pages.length; group++) {
            assertTrue(pages[group].length() <= 8 * layout.groups().get(group).pageBytes(), "beyond the page");
        }
    }

    private static void claim(final TableLayout layout, final BitSet page, final FieldPlace place) {
        for (int row = 0; row < layout.rowsPerChunk(); row++) {
            final int first = place.offset() + row * place.stride();
            claim(page, 8 * first, 8 * place.bytes(), place);
            if (place.isOptional()) {
                final int bit = place.isColumn()
                        ? 8 * place.presenceOffset() + row
                        : 8 * (place.presenceOffset() + row * place.stride()) + place.presenceBit();
                claim(page, bit, 1, place);
            }
        }
    }

    private static void claim(final BitSet page, final int from, final int bits, final FieldPlace place) {
        final int taken = page.nextSetBit(from);
        assertFalse(taken >= 0 && taken < from + bits, "bit " + taken + " belongs to two: " + place);
        page.set(from, from + bits);
    }
}
