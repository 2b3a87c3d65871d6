package io.taktdb.persistence.snapshot;

import io.taktdb.core.table.PageSet;
import io.taktdb.core.table.TableImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The stored pages of one table on their way into memory. The engine asks for them in the order in which they are
 * stored; any other order is an error. Threading: one thread.
 */
final class PageSetSource implements TableImage.Source {
    private static final byte[] ABSENT = new byte[0];

    private final StoredPages pages;
    private final List<PageSet> wanted;

    PageSetSource(final StoredPages pages, final List<PageSet> wanted) {
        this.pages = pages;
        this.wanted = wanted;
    }

    @Override
    public int count(final int set) {
        try {
            pages.set(set);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!pages.setName().equals(wanted.get(set).name())) {
            throw pages.damaged("set of pages is " + pages.setName() + ", not "
                    + wanted.get(set).name());
        }
        return pages.count();
    }

    @Override
    public byte[] page(final int set, final int page) {
        if (page != pages.nextNumber()) {
            throw new IllegalStateException("pages are read in order: wanted=" + page + ", next=" + pages.nextNumber());
        }
        try {
            final int kind = pages.nextPage();
            if (kind == PageFile.PAGE) {
                return pages.body();
            }
            return kind == PageFile.DEAD ? null : ABSENT;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
