package io.taktdb.bench.mobs;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.taktdb.bench.mobs.Mobs.Action;
import io.taktdb.bench.scenario.Scenario;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All contenders do the same work: what each ends with is what the rules of the world say. */
final class MobsTest {
    private static final int ROWS = 2_500;
    private static final int STEPS = 3;

    private static void run(final Function<Action, Scenario> contender, final Action action) {
        try (Scenario scenario = contender.apply(action)) {
            for (int step = 0; step < STEPS; step++) {
                scenario.step();
            }
            assertNull(scenario.problem(STEPS));
        }
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void shouldEndAsTheRulesSayInATable(final Action action) {
        run(each -> new TableMobs(each, ROWS), action);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void shouldEndAsTheRulesSayInATableWrittenRowByRow(final Action action) {
        run(each -> new TableMobs(each, ROWS, true), action);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void shouldEndAsTheRulesSayInArtemis(final Action action) {
        run(each -> new ArtemisMobs(each, ROWS), action);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void shouldEndAsTheRulesSayInDominion(final Action action) {
        run(each -> new DominionMobs(each, ROWS), action);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void shouldEndAsTheRulesSayInObjects(final Action action) {
        run(each -> new ObjectMobs(each, ROWS), action);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void shouldEndAsTheRulesSayInSqlite(final Action action) {
        run(each -> new SqliteMobs(each, ROWS), action);
    }
}
