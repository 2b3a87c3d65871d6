package io.taktdb.runtime.check;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.concurrent.atomic.AtomicLong;

/** Cells that grow by chance; from a tick on, one of them also by something that no context gave. */
final class CountingWorld implements WorldModule {
    static final int ROWS = 3_000;

    /** Is another one in every run. */
    private static final AtomicLong OUTSIDE = new AtomicLong();

    private final long unfaithfulFrom;

    /** Accessors of table {@code cell}. */
    public interface CellChunk extends Chunk {
        long value(int row);

        void value(int row, long value);
    }

    /** Parameters of {@code plant}. */
    record Plant(long value) {}

    CountingWorld(final long unfaithfulFrom) {
        this.unfaithfulFrom = unfaithfulFrom;
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(CreateTable.of("cell", FieldSpec.of("value", "i64"), FieldSpec.of("name", "string")));
        world.onCreate(ctx -> {
            for (int i = 0; i < ROWS; i++) {
                ctx.table("cell")
                        .insert(ctx.table("cell")
                                .draft()
                                .set("value", ctx.timeMicros() + ctx.random().nextInt(100))
                                .set("name", "cell " + i));
            }
        });
        world.procedure(
                "plant",
                "Plants a cell.",
                Plant.class,
                Long.class,
                (ctx, p) -> ctx.table("cell")
                        .insert(ctx.table("cell")
                                .draft()
                                .set("value", p.value() + ctx.random().nextLong())
                                .set("name", "planted in tick " + ctx.tick())));
        final long from = unfaithfulFrom;
        world.system("grow", "cell", CellChunk.class, (ctx, chunk) -> grow(ctx, chunk, from));
    }

    private static void grow(final SystemContext ctx, final CellChunk chunk, final long unfaithfulFrom) {
        final int rows = Math.min(chunk.rows(), Chunk.MAX_ROWS);
        for (int i = 0; i < rows; i++) {
            chunk.value(i, chunk.value(i) + ctx.random(chunk.id(i)) % 1000);
            if (ctx.tick() >= unfaithfulFrom && chunk.id(i) == 2_000) {
                chunk.value(i, OUTSIDE.incrementAndGet());
            }
        }
    }
}
