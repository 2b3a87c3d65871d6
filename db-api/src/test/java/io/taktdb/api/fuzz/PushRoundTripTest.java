package io.taktdb.api.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import java.util.Comparator;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What is pushed comes back: nothing is rounded, reordered or dropped. */
final class PushRoundTripTest {
    /** Numbers are equal when their values are, whatever their digits. */
    private static final Comparator<JsonNode> BY_VALUE = (one, two) -> {
        if (one.isNumber() && two.isNumber()) {
            return one.decimalValue().compareTo(two.decimalValue());
        }
        return one.equals(two) ? 0 : 1;
    };

    private static TestServer server;
    private static int collections;

    @BeforeContainer
    static void start() {
        server = TestServer.start();
    }

    @AfterContainer
    static void stop() {
        server.close();
    }

    @Property(tries = 60)
    void shouldReadBackWhatWasPushed(@ForAll final long seed) {
        final Random random = new Random(seed);
        final RandomJson json = new RandomJson(random);
        final RandomJson.Kind[] kinds = new RandomJson.Kind[1 + random.nextInt(6)];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = json.kind();
        }
        final ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (int row = 1 + random.nextInt(20); row > 0; row--) {
            final ObjectNode object = rows.addObject();
            for (int i = 0; i < kinds.length; i++) {
                if (random.nextInt(5) > 0) {
                    object.set("k" + i, json.value(kinds[i]));
                }
            }
        }
        final String collection = "pushed_" + collections++;
        final Answer pushed = server.post("/v1/push/" + collection, rows.toString());
        assertEquals(201, pushed.status(), pushed + " for " + rows);
        final JsonNode read =
                server.get("/v1/tables/" + collection + "/records?limit=1000").json();
        assertEquals(rows.size(), read.size());
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < kinds.length; i++) {
                final JsonNode expected = rows.get(row).path("k" + i);
                final JsonNode found = read.get(row).path("k" + i);
                final boolean isSame = expected.isMissingNode()
                        ? found.isMissingNode() || found.isNull()
                        : expected.equals(BY_VALUE, found);
                assertTrue(isSame, "row=" + row + ", key=k" + i + ", pushed=" + expected + ", read=" + found);
            }
        }
    }
}
