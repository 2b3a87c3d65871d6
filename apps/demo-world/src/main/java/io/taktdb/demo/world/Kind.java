package io.taktdb.demo.world;

import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.RowReader;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.ProcedureTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a mob can be: a row of table {@code entity_type}. A client may add rows there, and spawn what they say.
 *
 * <p>The data knows no health and no speed; both are made up here. Threading: immutable.
 */
record Kind(long id, String name, float width, float height, String type, String category) {
    private static final Set<String> LIVING_TYPES =
            Set.of("hostile", "passive", "animal", "water_creature", "ambient", "mob");

    /** All kinds, by ascending id. */
    static List<Kind> all(final ProcedureContext context) {
        final ProcedureTable table = context.table(EntityType.TABLE_NAME);
        final List<Kind> kinds = new ArrayList<>();
        final RowReader row = table.reader();
        for (final IdWalk walk = table.walk(); walk.next(); ) {
            row.seekRow(walk.row());
            kinds.add(new Kind(
                    walk.id(),
                    row.getString(table.field("name")),
                    row.getFloat(table.field("width")),
                    row.getFloat(table.field("height")),
                    row.getString(table.field("type")),
                    row.getString(table.field("category"))));
        }
        return kinds;
    }

    /** Those that live. */
    static List<Kind> living(final ProcedureContext context) {
        return all(context).stream().filter(Kind::isLiving).toList();
    }

    /** Whether it is a being and no vehicle, projectile, thing or player. */
    boolean isLiving() {
        return LIVING_TYPES.contains(type);
    }

    /** The category as the name of an enum: {@code Hostile mobs} is {@code hostile_mobs}. */
    String categoryName() {
        return category.toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    /** Hit points of a new mob. */
    int hitPoints() {
        return Math.round(6 + 10 * width * height);
    }

    /** Blocks a second. */
    float speed() {
        return type.equals("hostile") ? 2.5f : 1.25f;
    }

    /** Blocks above the ground. */
    float altitude() {
        return type.equals("ambient") ? 8 : type.equals("water_creature") ? -2 : 0;
    }
}
