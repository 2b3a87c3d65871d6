package io.taktdb.api.testing;

import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.List;

/** Procedures that tests call. */
public final class TestWorld implements WorldModule {
    /** Parameters of {@code math.subtract}. */
    public record Subtract(double minuend, double subtrahend) {}

    /** Parameters of {@code test.echo}. */
    public record Echo(String text, Integer number, Boolean flag) {}

    /** No parameters. */
    public record Nothing() {}

    /** Result of {@code test.echo}. */
    public record Echoed(String text, Integer number, Boolean flag, List<String> letters) {}

    @Override
    public String name() {
        return "test";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.procedure(
                "math.subtract",
                "Subtracts.",
                Subtract.class,
                Double.class,
                (context, p) -> p.minuend() - p.subtrahend());
        world.procedure(
                "test.echo",
                "Repeats.",
                Echo.class,
                Echoed.class,
                (context, p) -> new Echoed(
                        p.text(),
                        p.number(),
                        p.flag(),
                        p.text().codePoints().mapToObj(Character::toString).toList()));
        world.procedure("test.nothing", "", Nothing.class, Void.class, (context, p) -> null);
        world.procedure("test.defect", "Throws.", Nothing.class, Void.class, TestWorld::defect);
        world.procedure("test.refuse", "Refuses.", Nothing.class, Void.class, (context, p) -> {
            throw new DbException(ErrorCode.CONFLICT, "refused: reason=test").with("reason", "test");
        });
    }

    private static Void defect(final ProcedureContext context, final Nothing nothing) {
        throw new IllegalStateException("defect of the world");
    }
}
