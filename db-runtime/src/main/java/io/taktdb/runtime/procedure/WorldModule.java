package io.taktdb.runtime.procedure;

/**
 * A user's code for one world: tables that it needs, procedures, systems.
 *
 * <p>Found by {@link java.util.ServiceLoader}, or given to {@code TaktDb.open}. Results must depend on state, command,
 * tick and the context's time and random numbers alone, so that a replay gives the same world: no clocks, no
 * {@code Math.random}, no iteration over hash maps. Threading: registered once, before the first tick.
 */
public interface WorldModule {
    /** What the module is called in errors, e.g. {@code demo}. */
    String name();

    /**
     * Which results the module's code gives. Change it whenever the same command or tick could now give another result:
     * a journal that other code made is not replayed, so that nothing differs silently.
     */
    default String version() {
        return "1";
    }

    /** Says what the module brings. */
    void register(WorldRegistry world);
}
