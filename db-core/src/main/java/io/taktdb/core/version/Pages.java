package io.taktdb.core.version;

/** Pages by number: those of a published state, or those that the tick thread works on. */
public interface Pages {
    /**
     * Address of a page, 0 where there is none.
     *
     * @param page 0 to {@link #count()} - 1
     */
    long address(int page);

    /** One more than the highest page number. */
    int count();
}
