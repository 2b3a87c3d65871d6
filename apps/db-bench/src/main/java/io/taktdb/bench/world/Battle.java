package io.taktdb.bench.world;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.runtime.procedure.EffectContext;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.RowDraft;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.runtime.procedure.SystemPlan;
import io.taktdb.runtime.procedure.TickRandom;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.List;
import java.util.Map;

/**
 * Two teams on a square plain: units walk, those who share a cell with an enemy hurt one now and then, the dead are
 * replaced elsewhere.
 *
 * <pre>
 *   move ► enter the grid ► fight: effects on others, deaths, births
 * </pre>
 *
 * The grid is no part of the state: it is made anew in each tick, from the state alone. Threading: as any module.
 */
public final class Battle implements WorldModule {
    /** The table of units. */
    public static final String UNIT = "unit";

    private static final int FULL_HP = 100;

    /** Of so many units in a tick, about one strikes. */
    private static final int STRIKES_ONE_OF = 64;

    private final int units;
    private final Grid grid;

    /**
     * @param units at the start, and about so many later
     */
    public Battle(final int units) {
        this.units = units;
        this.grid = new Grid(units);
    }

    /** What moving writes. */
    public interface Moving extends Chunk {
        float x(int row);

        void x(int row, float value);

        float y(int row);

        void y(int row, float value);

        float vx(int row);

        void vx(int row, float value);

        float vy(int row);

        void vy(int row, float value);
    }

    /** What the grid reads. */
    public interface Standing extends Chunk {
        float x(int row);

        float y(int row);

        byte team(int row);
    }

    /** Where and for whom a unit begins. */
    public record Place(float x, float y, int team) {}

    /** Whom to hurt. */
    public record Hit(long unit, int damage) {}

    /** A unit's new name and way. */
    public record Order(long unit, String name, float vx, float vy) {}

    @Override
    public String name() {
        return "battle";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(new CreateTable(
                UNIT,
                List.of(
                        FieldSpec.of("x", "f32"),
                        FieldSpec.of("y", "f32"),
                        FieldSpec.of("vx", "f32"),
                        FieldSpec.of("vy", "f32"),
                        FieldSpec.of("team", "i8"),
                        FieldSpec.of("hp", "i32").inGroup("life"),
                        FieldSpec.of("name", "string").asOptional().inGroup("life")),
                Map.of(),
                grid.room()));
        world.onCreate(ctx -> {
            for (int i = 0; i < units; i++) {
                spawn(ctx.table(UNIT), ctx.random());
            }
        });
        final float side = grid.side();
        world.system("move", UNIT, Moving.class, (ctx, chunk) -> move(ctx, chunk, side));
        world.system(SystemPlan.of("grid", UNIT, Standing.class, (ctx, chunk) -> grid.note(ctx, chunk))
                .totals(1, (ctx, longs, doubles) -> grid.link(longs[0])));
        world.system(
                SystemPlan.of("fight", UNIT, Standing.class, (ctx, chunk) -> grid.fight(ctx, chunk, STRIKES_ONE_OF))
                        .writesRows(UNIT)
                        .effect(this::hurt));
        world.procedure("battle.spawn", "A unit begins.", Place.class, Long.class, (ctx, place) -> {
            final ProcedureTable table = ctx.table(UNIT);
            return table.insert(unit(table, place.x(), place.y(), 1f, -1f, place.team()));
        });
        world.procedure("battle.hit", "Hurts a unit.", Hit.class, Integer.class, Battle::hit);
        world.procedure("battle.order", "Names a unit and turns it.", Order.class, Void.class, Battle::order);
    }

    private static void move(final SystemContext ctx, final Moving units, final float side) {
        final float seconds = ctx.tickSeconds();
        final int rows = Math.min(units.rows(), Chunk.MAX_ROWS);
        for (int i = 0; i < rows; i++) {
            final float x = units.x(i) + units.vx(i) * seconds;
            final float y = units.y(i) + units.vy(i) * seconds;
            units.vx(i, x < 0 || x > side ? -units.vx(i) : units.vx(i));
            units.vy(i, y < 0 || y > side ? -units.vy(i) : units.vy(i));
            units.x(i, Math.max(0, Math.min(side, x)));
            units.y(i, Math.max(0, Math.min(side, y)));
        }
    }

    private void hurt(final EffectContext ctx, final long target, final long damage) {
        if (!ctx.exists(UNIT, target)) {
            return; // somebody else was faster
        }
        final long left = ctx.getLong(UNIT, target, "hp") - damage;
        if (left > 0) {
            ctx.set(UNIT, target, "hp", left);
        } else {
            ctx.delete(UNIT, target);
            spawn(ctx.table(UNIT), ctx.random());
        }
    }

    private static Integer hit(final ProcedureContext ctx, final Hit hit) {
        final ProcedureTable table = ctx.table(UNIT);
        final int field = table.field("hp");
        final int left = table.edit(hit.unit()).read().getInt(field) - hit.damage();
        if (left > 0) {
            table.edit(hit.unit()).setLong(field, left);
        } else {
            table.delete(hit.unit());
        }
        return Math.max(0, left);
    }

    private static Void order(final ProcedureContext ctx, final Order order) {
        final ProcedureTable table = ctx.table(UNIT);
        table.edit(order.unit())
                .setString(table.field("name"), order.name())
                .setDouble(table.field("vx"), order.vx())
                .setDouble(table.field("vy"), order.vy());
        return null;
    }

    private void spawn(final ProcedureTable table, final TickRandom random) {
        table.insert(unit(
                table,
                random.nextFloat() * grid.side(),
                random.nextFloat() * grid.side(),
                random.nextFloat() * 4 - 2,
                random.nextFloat() * 4 - 2,
                random.nextInt(2)));
    }

    private static RowDraft unit(
            final ProcedureTable table, final float x, final float y, final float vx, final float vy, final int team) {
        return table.draft()
                .set("x", x)
                .set("y", y)
                .set("vx", vx)
                .set("vy", vy)
                .set("team", team)
                .set("hp", FULL_HP);
    }
}
