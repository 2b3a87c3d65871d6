package io.taktdb.core.version;

/**
 * Where the pages of one store lie in one published state: two levels, leaves of {@value #LEAF_PAGES} addresses.
 *
 * <p>Leaves are shared between versions and recycled once no lease can see them; so a directory may only be used under
 * the lease that it was reached through. Threading: immutable while leased.
 */
public final class PageDirectory implements Pages {
    static final int LEAF_SHIFT = 8;
    static final int LEAF_PAGES = 1 << LEAF_SHIFT;
    static final int LEAF_MASK = LEAF_PAGES - 1;

    static final PageDirectory EMPTY = new PageDirectory(new long[0][], 0);

    private final long[][] leaves;
    private final int count;

    PageDirectory(final long[][] leaves, final int count) {
        this.leaves = leaves;
        this.count = count;
    }

    @Override
    public long address(final int page) {
        return leaves[page >>> LEAF_SHIFT][page & LEAF_MASK];
    }

    @Override
    public int count() {
        return count;
    }
}
