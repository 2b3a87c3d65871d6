package io.taktdb.types.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErrorTest {
    @Test
    void shouldKeepAttributesInOrderWhenTheyAreAdded() {
        final DbException error =
                new DbException(ErrorCode.CONFLICT, "fact: a=1").with("b", 2).with("a", "1");

        assertEquals(List.of("b", "a"), List.copyOf(error.attributes().keySet()));
        assertEquals("fact: a=1", error.getMessage());
        assertEquals(ErrorCode.CONFLICT, error.code());
    }

    @Test
    void shouldCostNoStackTraceWhenTheCallerCanMendIt() {
        for (final ErrorCode code : ErrorCode.values()) {
            final int frames = new DbException(code, "x").getStackTrace().length;
            assertEquals(code.isCallersFault(), frames == 0, code.name());
        }
    }

    @Test
    void shouldHaveItsOwnNumberWhenJsonRpcCarriesIt() {
        final Set<Integer> numbers = new HashSet<>();
        for (final ErrorCode code : ErrorCode.values()) {
            assertTrue(numbers.add(code.rpcCode()), code.name());
            assertTrue(code.rpcCode() <= -32000 && code.rpcCode() > -32100, code.name());
            assertTrue(code.status() >= 400 && code.status() < 600, code.name());
        }
        assertEquals(-32001, ErrorCode.INVALID_JSON.rpcCode());
    }

    @ParameterizedTest
    @CsvSource({
        "playr, player",
        "PLAYER, player",
        "plyaer, player",
        "hp, hp",
        "hq, hp",
        "ph, hp",
        "x, ",
        "zone, ",
        "'', ",
        "position_x, position"
    })
    void shouldSuggestTheNearestWhenItIsNear(final String wanted, final String nearest) {
        assertEquals(nearest, Suggestion.nearest(wanted, List.of("player", "hp", "position")));
    }

    @Test
    void shouldStayCheapWhenNamesAreManyAndLong() {
        final List<String> names =
                IntStream.range(0, 100_000).mapToObj(i -> "n".repeat(60) + i).toList();

        assertNull(Suggestion.nearest("n".repeat(65), names));
        assertEquals("n".repeat(60) + 0, Suggestion.nearest("n".repeat(60), names));
        assertEquals("; did you mean a?", Suggestion.didYouMean("A", List.of("a")));
        assertEquals("", Suggestion.didYouMean("zzzz", List.of("a")));
    }
}
