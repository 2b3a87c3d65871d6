package io.taktdb.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every limit by its name. */
final class LimitTableTest {
    @Test
    void shouldChangeEachLimitByItsNameAndNoOther() {
        for (final String name : LimitTable.of(new HttpLimits()).keySet()) {
            final HttpLimits limits = new HttpLimits();
            final Map<String, Long> expected = new LinkedHashMap<>(LimitTable.of(limits));
            expected.merge(name, 1L, Long::sum);
            LimitTable.set(limits, name, expected.get(name));
            assertEquals(expected, LimitTable.of(limits), name);
        }
    }

    @Test
    void shouldRefuseValuesOutOfRange() {
        final HttpLimits limits = new HttpLimits();
        assertThrows(IllegalArgumentException.class, () -> LimitTable.set(limits, "connections", 0));
        assertThrows(IllegalArgumentException.class, () -> LimitTable.set(limits, "pipelined", 1L << 31));
        assertThrows(IllegalArgumentException.class, () -> LimitTable.set(limits, "nothing", 1));
    }
}
