package io.taktdb.runtime.tick;

import io.taktdb.runtime.tick.TickStatus.Percentiles;
import java.util.List;
import java.util.Map;

/**
 * Where the time of ticks goes.
 *
 * @param stages work by stage over the last 10 to 20 seconds
 * @param systems in the order in which they run
 * @param lastOverrun the newest one, or null
 * @param schemaChange a change of large tables that is being prepared, or null
 */
public record TickFigures(
        Map<Stage, Percentiles> stages, List<SystemFigures> systems, Overrun lastOverrun, SchemaProgress schemaChange) {
    public TickFigures {
        stages = Map.copyOf(stages);
        systems = List.copyOf(systems);
    }
}
