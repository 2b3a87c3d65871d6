package io.taktdb.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import io.taktdb.types.json.StrictJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real JSON pushed as it is and read back equal. */
class PushedDataTest {
    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"blocks", "items", "biomes", "effects", "entities", "enchantments", "foods"})
    void shouldReadBackEqualWhenPushedWhole(final String name) {
        pushAndCompare(name, (ArrayNode) SharedData.json("minecraft-data-1.21.4/" + name + ".json"));
    }

    @Test
    void shouldReadBackEqualWhenRecipesArePushed() {
        final ArrayNode values = StrictJson.mapper().createArrayNode();
        SharedData.json("minecraft-data-1.21.4/recipes.json").forEach(recipes -> recipes.forEach(values::add));
        pushAndCompare("recipe", values);
    }

    private void pushAndCompare(final String collection, final ArrayNode pushed) {
        try (TaktServer server = TaktServer.start(ServerConfig.of(data).withPort(0), List.of())) {
            final Client client = new Client(server.port());
            final JsonNode reply = client.post("/v1/push/" + collection, pushed.toString())
                    .expect(201)
                    .json();
            assertEquals(pushed.size(), reply.get("ids").size());
            final List<JsonNode> records = client.records(collection);
            assertEquals(pushed.size(), records.size());
            for (int i = 0; i < records.size(); i++) {
                final JsonNode expected = pushed.get(i);
                assertSame(expected, records.get(i), expected.has("id"));
            }
        }
    }

    /** Numbers compare by value; null stands for absent; id and created_at are the server's unless they were pushed. */
    private static void assertSame(final JsonNode pushed, final JsonNode record, final boolean ownId) {
        final ObjectNode kept = record.deepCopy();
        if (!ownId) {
            kept.remove("id");
        }
        if (!pushed.has("created_at")) {
            kept.remove("created_at");
        }
        for (final String name : kept.propertyStream().map(Map.Entry::getKey).toList()) {
            if (kept.get(name).isNull() && !pushed.has(name)) {
                kept.remove(name);
            }
        }
        if (!pushed.equals(PushedDataTest::compare, kept)) {
            assertEquals(pushed.toString(), kept.toString());
        }
    }

    private static int compare(final JsonNode a, final JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
    }
}
