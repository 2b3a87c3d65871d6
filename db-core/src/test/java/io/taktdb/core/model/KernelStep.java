package io.taktdb.core.model;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.memory.Memory;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.version.KernelPages;
import io.taktdb.types.schema.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** A system that writes one column of some chunks in place, and succeeds or fails. Threading: none of its own. */
final class KernelStep {
    private final World world;

    KernelStep(final World world) {
        this.world = world;
    }

    void run(final ModelTable model, final Random random) {
        final Table table = world.table(model);
        final int position = fixedField(model, random);
        if (position < 0) {
            return;
        }
        final FieldPlace place = table.layout().fields().get(position);
        final KernelPages kernel = table.kernel(place.group());
        final int chunks = table.group(0).count();
        final long[] marks = kernel.marksFor(table.layout().rangesOf(position));
        final Map<Long, byte[]> written = new HashMap<>();
        final boolean keep = random.nextInt(3) > 0;
        kernel.plan(chunks);
        for (int chunk = 0; chunk < chunks; chunk++) {
            if (random.nextInt(4) > 0) {
                write(table, place, chunk, kernel.open(chunk, marks), random, written);
            }
        }
        if (keep) {
            kernel.keep();
            final int fieldId = place.field().id();
            written.forEach((id, value) -> model.merge(id, Map.of(fieldId, value)));
        } else {
            kernel.revert();
        }
        Comparison.check(world.database(), world.model(), "after a system that was " + (keep ? "kept" : "reverted"));
    }

    private static int fixedField(final ModelTable model, final Random random) {
        final int count = model.schema().fields().size();
        for (int i = 0; i < count; i++) {
            final int position = random.nextInt(count);
            final Field field = model.schema().fields().get(position);
            final boolean indexed = model.schema().indexes().stream().anyMatch(index -> index.uses(field.id()));
            if (!indexed && !field.optional() && !field.type().isVariable()) {
                return position;
            }
        }
        return -1;
    }

    private static void write(
            final Table table,
            final FieldPlace place,
            final int chunk,
            final long page,
            final Random random,
            final Map<Long, byte[]> written) {
        final int rows = table.layout().rowsPerChunk();
        final RowReader reader = table.reader();
        for (int i = 0; i < rows && reader.seekRow((long) chunk * rows + i); i++) {
            final byte[] value = RandomValues.of(place.field().type(), random);
            Memory.copy(value, 0, page + place.offset() + (long) i * place.stride(), value.length);
            written.put(reader.id(), value);
        }
    }
}
