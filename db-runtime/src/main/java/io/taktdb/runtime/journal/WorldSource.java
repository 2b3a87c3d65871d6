package io.taktdb.runtime.journal;

import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.command.KeyWindow;

/** A stored world on its way into memory. Threading: the opening thread, before the first tick. */
public interface WorldSource {
    /** A new, empty world. */
    WorldSource NEW = new WorldSource() {
        @Override
        public long commit() {
            return 0;
        }

        @Override
        public long tick() {
            return 0;
        }

        @Override
        public long seed() {
            return 0x7A6B7444_42303031L;
        }

        @Override
        public void load(final Database database) {
            // a new world has nothing to load
        }
    };

    /** The commit that the stored world shows; 0 for a new world. */
    long commit();

    /** The tick that the stored world shows; 0 for a new world. */
    long tick();

    /** What all random numbers of this world grow from; stays with the world for its life. */
    long seed();

    /** Loads schema and tables into an empty database; the engine publishes it. */
    void load(Database database);

    /**
     * Adds the commands with keys that the stored world remembers; after {@link #load}. Who stores the world later may
     * keep the window and read it.
     */
    default void loadKeys(final KeyWindow keys) {
        // none are remembered
    }

    /**
     * Makes the commits again that followed the stored world.
     *
     * @throws io.taktdb.types.error.DbException they cannot be made again
     */
    default void replay(final ReplayTarget target) {
        // nothing followed
    }
}
