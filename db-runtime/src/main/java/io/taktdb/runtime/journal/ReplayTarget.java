package io.taktdb.runtime.journal;

import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The engine as a journal sees it when it is replayed: commits go in as they were made.
 *
 * <pre>{@code
 * target.modules(...);
 * for each commit: target.begin(...); target.command(...)*; target.end(...);
 * }</pre>
 *
 * What cannot be made again as it was is STORAGE_FAILED that says why and what to do. Threading: the opening thread.
 */
public interface ReplayTarget {
    /**
     * Says with which code the commits that follow were made: modules with their versions, and systems in the order in
     * which they run, one line each.
     *
     * @throws io.taktdb.types.error.DbException STORAGE_FAILED the running code is another
     */
    void modules(List<String> recorded);

    /** Begins a commit, which must follow the one before. */
    void begin(long commit, long tick, long timeMicros, int rate);

    /**
     * Applies a command of the commit.
     *
     * @param number of the command within its tick
     * @param key the key under which the client may repeat it, or null
     */
    void command(long number, byte[] key, DirectBuffer buffer, int offset, int length);

    /**
     * Ends the commit.
     *
     * @param isTick whether systems ran
     * @param failedSystems positions of those that must not run now, since they were taken back then
     */
    void end(boolean isTick, int[] failedSystems);

    /** Hash of the state after the last commit. */
    long stateHash();

    /** Names of the tables that hash to something else now, are gone, or are new. */
    List<String> different(List<HashedState.Table> recorded);
}
