package io.taktdb.core.model;

import io.taktdb.core.memory.Guard;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Assertions;

/**
 * Random operations on a database and on a plain model of it: whatever happens, both hold the same.
 *
 * <p>{@code -Dtaktdb.model.operations=1000000} makes it more than the {@value #OPERATIONS} of a normal run. Long lists
 * are cut into worlds of at most {@value #WORLD_OPERATIONS}, so that the time grows with their number alone.
 */
class DatabaseModelTest {
    private static final int OPERATIONS = 6_000;
    private static final int TRIES = 50;
    private static final int WORLD_OPERATIONS = 1_000;

    @Property(tries = TRIES)
    @AddLifecycleHook(Tally.class)
    @Tag("mi_3:test_table_creation_deletion")
    @Tag("mi_3:test_field_addition_removal")
    @Tag("ab_3:test_copy_on_write_with_complex_schema")
    void shouldHoldWhatTheModelHolds(@ForAll("steps") final List<Step> steps) {
        for (int from = 0; from < steps.size(); from += WORLD_OPERATIONS) {
            runWorld(steps.subList(from, Math.min(from + WORLD_OPERATIONS, steps.size())));
        }
    }

    private static void runWorld(final List<Step> steps) {
        final long liveBefore = Guard.liveBytes();
        final World world = new World();
        try {
            run(world, steps);
            world.close();
        } catch (final RuntimeException | Error e) {
            world.abandon();
            throw e;
        }
        Assertions.assertEquals(liveBefore, Guard.liveBytes(), "bytes of pages are live after the database was closed");
        Tally.add(steps.size());
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        final int each = Integer.getInteger("taktdb.model.operations", OPERATIONS) / TRIES;
        final Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.of(Step.Kind.weighted()),
                        Arbitraries.longs().withoutEdgeCases())
                .as(Step::new);
        return step.list().ofMinSize(each).ofMaxSize(each * 5 / 4).withSizeDistribution(RandomDistribution.uniform());
    }

    private static void run(final World world, final List<Step> steps) {
        final SchemaSteps schemas = new SchemaSteps(world);
        final RowSteps rows = new RowSteps(world);
        final KernelStep kernel = new KernelStep(world);
        schemas.createType();
        schemas.createTable(new Random(steps.isEmpty() ? 0 : steps.get(0).seed()));
        for (final Step step : steps) {
            final Random random = new Random(step.seed());
            final ModelTable table = world.anyTable(random);
            switch (step.kind()) {
                case CREATE_TABLE -> schemas.createTable(random);
                case MARK -> world.mark();
                case ROLLBACK -> world.rollback(random);
                case SETTLE -> world.settle();
                case COMMIT -> world.commit();
                case LEASE -> world.lease(random);
                case RELEASE -> world.release(random);
                case RELOAD -> world.reload();
                default -> {
                    if (table != null) {
                        change(step.kind(), table, random, schemas, rows, kernel, world);
                    }
                }
            }
        }
        world.commit();
    }

    private static void change(
            final Step.Kind kind,
            final ModelTable table,
            final Random random,
            final SchemaSteps schemas,
            final RowSteps rows,
            final KernelStep kernel,
            final World world) {
        switch (kind) {
            case INSERT -> rows.insert(table, random);
            case INSERT_WITH_ID -> rows.insertWithId(table, random);
            case INSERT_MANY -> rows.insertMany(table, random);
            case REPLACE -> rows.replace(table, random);
            case MERGE -> rows.merge(table, random);
            case EDIT -> rows.edit(table, random);
            case DELETE -> rows.delete(table, random);
            case DELETE_MANY -> times(random.nextInt(table.rows().size() + 1), () -> rows.delete(table, random));
            case CLEAR -> rows.clear(table);
            case REFUSED_ROW -> rows.refusedRow(table, random);
            case DROP_TABLE -> schemas.dropTable(table);
            case ADD_FIELD -> schemas.addField(table, random);
            case DROP_FIELD -> schemas.dropField(table, random);
            case RENAME -> schemas.rename(table, random);
            case WIDEN_FIELD -> schemas.widenField(table, random);
            case CREATE_INDEX -> schemas.createIndex(table, random);
            case DROP_INDEX -> schemas.dropIndex(table, random);
            case KERNEL -> {
                world.settle();
                kernel.run(table, random);
            }
            default -> throw new AssertionError(kind);
        }
    }

    private static void times(final int times, final Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }
}
