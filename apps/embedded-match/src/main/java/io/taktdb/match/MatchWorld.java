package io.taktdb.match;

import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.RowEditor;
import io.taktdb.core.table.RowReader;
import io.taktdb.match.Match.Kind;
import io.taktdb.match.Match.Piece;
import io.taktdb.match.Match.Step;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables of a match, and the procedure that plays one turn: as one transaction, writing only what changed.
 *
 * <p>Cell and player {@code n} have the id {@code n + 1}. Threading: as any module.
 */
public record MatchWorld(Match match) implements WorldModule {
    /** Parameters of {@code match.turn}. */
    public record Turn(int number) {}

    /** What {@code match.turn} answers: how many rows it wrote. */
    public record Played(int written) {}

    @Override
    public String name() {
        return "match";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(CreateTable.of("cell", FieldSpec.of("kore", "f64")));
        world.table(CreateTable.of("player", FieldSpec.of("kore", "f64")));
        world.table(CreateTable.of(
                "piece",
                FieldSpec.of("name", "string"),
                FieldSpec.of("player", "i32"),
                FieldSpec.of("kind", "enum(shipyard,fleet)"),
                FieldSpec.of("cell", "i32"),
                FieldSpec.of("kore", "f64"),
                FieldSpec.of("ships", "i32"),
                FieldSpec.of("turns", "i32"),
                FieldSpec.of("direction", "i32"),
                FieldSpec.of("plan", "string")));
        world.procedure("match.turn", "Plays one turn of the match.", Turn.class, Played.class, this::play);
    }

    private Played play(final ProcedureContext context, final Turn turn) {
        final Step step = match.steps().get(turn.number());
        int written = putKore(context.table("cell"), step.cells());
        written += putKore(context.table("player"), step.players());
        written += putPieces(context.table("piece"), step.pieces());
        return new Played(written);
    }

    private static int putKore(final ProcedureTable table, final List<Double> kore) {
        int written = 0;
        for (int i = 0; i < kore.size(); i++) {
            final long id = i + 1L;
            if (!table.exists(id)) {
                table.insert(id, table.draft().set("kore", kore.get(i)));
                written++;
            } else if (table.edit(id).read().getDouble(0) != kore.get(i)) {
                table.edit(id).setDouble(0, kore.get(i));
                written++;
            }
        }
        return written;
    }

    private static int putPieces(final ProcedureTable table, final List<Piece> pieces) {
        final Map<String, Long> gone = idsByKey(table);
        for (final Piece piece : pieces) {
            final Long id = gone.remove(key(piece.kind(), piece.name()));
            if (id == null) {
                insert(table, piece);
            } else {
                update(table.edit(id), table, piece);
            }
        }
        gone.values().forEach(table::delete);
        return pieces.size() + gone.size();
    }

    /** A fleet that founds a shipyard gives it its name: they are two. */
    private static String key(final Kind kind, final String name) {
        return kind + " " + name;
    }

    private static Map<String, Long> idsByKey(final ProcedureTable table) {
        final Map<String, Long> ids = new TreeMap<>();
        final IdWalk walk = table.walk();
        final RowReader row = table.reader();
        while (walk.next()) {
            row.seekRow(walk.row());
            ids.put(key(Kind.values()[row.getInt(2)], row.getString(0)), walk.id());
        }
        return ids;
    }

    private static void insert(final ProcedureTable table, final Piece piece) {
        table.insert(table.draft()
                .set("name", piece.name())
                .set("player", piece.player())
                .set("kind", piece.kind().name().toLowerCase(Locale.ROOT))
                .set("cell", piece.cell())
                .set("kore", piece.kore())
                .set("ships", piece.ships())
                .set("turns", piece.turns())
                .set("direction", piece.direction())
                .set("plan", piece.plan()));
    }

    private static void update(final RowEditor row, final ProcedureTable table, final Piece piece) {
        row.setLong(table.field("player"), piece.player());
        row.setLong(table.field("cell"), piece.cell());
        row.setDouble(table.field("kore"), piece.kore());
        row.setLong(table.field("ships"), piece.ships());
        row.setLong(table.field("turns"), piece.turns());
        row.setLong(table.field("direction"), piece.direction());
        row.setString(table.field("plan"), piece.plan());
    }
}
