package io.taktdb.match;

import io.taktdb.core.table.RowEditor;
import io.taktdb.match.AntMatch.Ant;
import io.taktdb.match.AntMatch.Cell;
import io.taktdb.match.AntMatch.Step;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.RowDraft;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.List;

/**
 * The tables of the ants' meadow, and the procedure that plays one move, writing only what changed.
 *
 * <p>Cell and ant {@code n} have the id {@code n + 1}. Threading: as any module.
 */
public record AntWorld(AntMatch match) implements WorldModule {
    @Override
    public String name() {
        return "ants";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(CreateTable.of(
                "cell",
                FieldSpec.of("holds", "string"),
                FieldSpec.of("to_food", "f64"),
                FieldSpec.of("to_nest", "f64")));
        world.table(CreateTable.of(
                "ant", FieldSpec.of("row", "i32"), FieldSpec.of("column", "i32"), FieldSpec.of("carries", "bool")));
        world.table(CreateTable.of(
                "colony",
                FieldSpec.of("collected", "i32"),
                FieldSpec.of("score", "i32"),
                FieldSpec.of("turn", "i32"),
                FieldSpec.of("player", "i32"),
                FieldSpec.of("over", "bool")));
        world.procedure("match.turn", "Plays one move.", MatchWorld.Turn.class, MatchWorld.Played.class, this::play);
    }

    private MatchWorld.Played play(final ProcedureContext context, final MatchWorld.Turn turn) {
        final Step step = match.turn(turn.number());
        int written = putCells(context.table("cell"), step.cells());
        written += putAnts(context.table("ant"), step.ants());
        final ProcedureTable colony = context.table("colony");
        if (!colony.exists(1)) {
            colony.insert(
                    1,
                    colony.draft()
                            .set("collected", 0)
                            .set("score", 0)
                            .set("turn", 0)
                            .set("player", 0)
                            .set("over", false));
        }
        colony.edit(1)
                .setLong(0, step.collected())
                .setLong(1, step.score())
                .setLong(2, step.turn())
                .setLong(3, step.player())
                .setBoolean(4, step.over());
        return new MatchWorld.Played(written + 1);
    }

    private static int putCells(final ProcedureTable table, final List<Cell> cells) {
        int written = 0;
        for (int i = 0; i < cells.size(); i++) {
            final Cell cell = cells.get(i);
            final long id = i + 1L;
            if (!table.exists(id)) {
                final RowDraft draft = table.draft();
                table.insert(
                        id,
                        draft.set("holds", cell.holds())
                                .set("to_food", cell.toFood())
                                .set("to_nest", cell.toNest()));
                written++;
                continue;
            }
            final RowEditor row = table.edit(id);
            final Cell before = new Cell(
                    row.read().getString(0), row.read().getDouble(1), row.read().getDouble(2));
            if (!before.equals(cell)) {
                row.setString(0, cell.holds());
                row.setDouble(1, cell.toFood());
                row.setDouble(2, cell.toNest());
                written++;
            }
        }
        return written;
    }

    private static int putAnts(final ProcedureTable table, final List<Ant> ants) {
        for (int i = 0; i < ants.size(); i++) {
            final Ant ant = ants.get(i);
            final long id = i + 1L;
            if (table.exists(id)) {
                table.edit(id).setLong(0, ant.row()).setLong(1, ant.column()).setBoolean(2, ant.carries());
            } else {
                table.insert(
                        id,
                        table.draft()
                                .set("row", ant.row())
                                .set("column", ant.column())
                                .set("carries", ant.carries()));
            }
        }
        return ants.size();
    }
}
