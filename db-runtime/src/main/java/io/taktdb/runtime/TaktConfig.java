package io.taktdb.runtime;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.runtime.journal.Journal;
import io.taktdb.runtime.journal.WorldSource;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.tick.LoopConfig;
import java.util.List;

/**
 * What an engine is opened with.
 *
 * @param modules the user's code, in the order of registration
 * @param source where the world comes from
 * @param journal where its commits go
 */
public record TaktConfig(
        LoopConfig loop, MemoryBudget memory, List<WorldModule> modules, WorldSource source, Journal journal) {
    public TaktConfig {
        modules = List.copyOf(modules);
    }

    /** An engine without a journal. */
    public TaktConfig(
            final LoopConfig loop,
            final MemoryBudget memory,
            final List<WorldModule> modules,
            final WorldSource source) {
        this(loop, memory, modules, source, Journal.NONE);
    }

    /** A new world in memory alone, at the default rate, without a memory limit. */
    public static TaktConfig inMemory(final WorldModule... modules) {
        return new TaktConfig(
                LoopConfig.atRate(LoopConfig.DEFAULT_RATE),
                new MemoryBudget(MemoryBudget.UNLIMITED),
                List.of(modules),
                WorldSource.NEW);
    }

    /** The same with another loop. */
    public TaktConfig withLoop(final LoopConfig newLoop) {
        return new TaktConfig(newLoop, memory, modules, source, journal);
    }
}
