package io.taktdb.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same thing asked for by many at once: one order, one outcome for each, and nothing lost. */
class ConcurrentRequestsTest {
    private static final int CLIENTS = 8;
    private static final int EACH = 12;

    @TempDir
    private Path data;

    private TaktServer server;
    private Client client;
    private ExecutorService threads;

    @BeforeEach
    void open() {
        server = TaktServer.start(ServerConfig.of(data).withPort(0), List.of(new BankModule()));
        client = new Client(server.port());
        threads = Executors.newFixedThreadPool(CLIENTS);
        client.post("/v1/tables", "{\"name\":\"mob\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\",\"default\":0}]}")
                .expect(201);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        server.close();
    }

    /** Answers of all requests, which were sent by {@value #CLIENTS} threads. */
    private List<Client.Answer> all(final int count, final IntFunction<Client.Answer> request) throws Exception {
        final List<Callable<Client.Answer>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final int number = i;
            calls.add(() -> request.apply(number));
        }
        final List<Client.Answer> answers = new ArrayList<>();
        for (final Future<Client.Answer> one : threads.invokeAll(calls)) {
            answers.add(one.get());
        }
        return answers;
    }

    private static long count(final List<Client.Answer> answers, final int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    private static void assertOnly(final List<Client.Answer> answers, final int one, final int others) {
        assertEquals(1, count(answers, one), answers::toString);
        assertEquals(answers.size() - 1, count(answers, others), answers::toString);
    }

    @Test
    @Tag("rs_1:test_create_table_concurrent_requests")
    void shouldMakeATableOnceWhenManyWantIt() throws Exception {
        assertOnly(all(CLIENTS, i -> client.post("/v1/tables", "{\"name\":\"same\",\"fields\":[]}")), 201, 409);
        assertEquals(
                CLIENTS,
                count(all(CLIENTS, i -> client.post("/v1/tables", "{\"name\":\"t" + i + "\",\"fields\":[]}")), 201));
        assertEquals(CLIENTS + 3, client.get("/v1/tables").json().size());
    }

    @Test
    @Tag("rs_3:test_add_field_concurrent_requests")
    @Tag("ts_4:test_concurrent_add_field")
    @Tag("ts_4:test_add_remove_interleaved")
    @Tag("rs_3:test_add_field_does_not_block_reads")
    void shouldAddEveryFieldOnceWhenManyAreAddedAndDropped() throws Exception {
        client.post("/v1/tables/mob/records", "[{\"hp\":1},{\"hp\":2}]").expect(201);
        final List<Client.Answer> answers = all(CLIENTS * 3, i -> switch (i % 3) {
            case 0 -> client.post("/v1/tables/mob/fields", "{\"name\":\"f" + i + "\",\"type\":\"i16\",\"default\":4}");
            case 1 -> client.get("/v1/tables/mob/records");
            default -> client.post("/v1/tables/mob/fields", "{\"name\":\"same\",\"type\":\"i32\",\"default\":5}");
        });
        assertEquals(CLIENTS, count(answers, 200));
        assertEquals(CLIENTS + 1, count(answers, 201), answers::toString);
        assertEquals(CLIENTS - 1, count(answers, 409));
        final JsonNode record =
                client.get("/v1/tables/mob/records/2").expect(200).json();
        assertEquals(2 + CLIENTS + 1, record.size(), record::toString);
        assertEquals(5, record.get("same").asInt());
        assertOnly(all(CLIENTS, i -> client.send("DELETE", "/v1/tables/mob/fields/same", null)), 204, 404);
    }

    @Test
    @Tag("rs_5:test_create_relation_concurrent_creation")
    @Tag("rs_6:test_concurrent_delete_relation")
    void shouldMakeAndEndARelationOnce() throws Exception {
        client.post("/v1/tables", "{\"name\":\"pet\",\"fields\":[{\"name\":\"owner\",\"type\":\"u64\"}]}")
                .expect(201);
        final String wish = "{\"source_table\":\"pet\",\"source_field\":\"owner\",\"destination_table\":\"mob\","
                + "\"on_delete\":\"restrict\"}";
        assertOnly(all(CLIENTS, i -> client.post("/v1/relations", wish)), 201, 409);
        final String id = client.get("/v1/relations").json().get(0).get("id").asText();
        assertOnly(all(CLIENTS, i -> client.send("DELETE", "/v1/relations/" + id, null)), 204, 404);
    }

    @Test
    @Tag("rl_2:test_concurrent_delete_and_reference_add")
    void shouldNeverLeaveAReferenceToNothing() throws Exception {
        client.post("/v1/tables", "{\"name\":\"pet\",\"fields\":[{\"name\":\"owner\",\"type\":\"u64\"}]}")
                .expect(201);
        client.post(
                        "/v1/relations",
                        "{\"source_table\":\"pet\",\"source_field\":\"owner\",\"destination_table\":\"mob\","
                                + "\"on_delete\":\"restrict\"}")
                .expect(201);
        for (int round = 1; round <= EACH; round++) {
            final long mob = round;
            client.post("/v1/tables/mob/records", "{\"id\":" + mob + "}").expect(201);
            final List<Client.Answer> answers = all(
                    2,
                    i -> i == 0
                            ? client.send("DELETE", "/v1/tables/mob/records/" + mob, null)
                            : client.post("/v1/tables/pet/records", "{\"owner\":" + mob + "}"));
            final boolean deleted = answers.get(0).status() == 204;
            assertEquals(deleted ? 409 : 201, answers.get(1).status(), answers::toString);
            assertTrue(deleted || answers.get(0).status() == 409, answers::toString);
        }
    }

    @Test
    @Tag("rc_3:test_concurrent_update_same_record")
    @Tag("rc_3:test_update_during_read")
    @Tag("rc_2:test_get_record_during_concurrent_write")
    @Tag("rc_2:test_get_record_parallel_reads")
    @Tag("rc_5:list_records_concurrent_reads")
    @Tag("rc_5:list_records_after_concurrent_writes")
    @Tag("ao_1:test_concurrent_crud_operations")
    @Tag("mi_3:test_crud_atomicity")
    @Tag("ab_2:test_multiple_concurrent_swaps")
    void shouldShowWholeRecordsWhileManyWriteThem() throws Exception {
        client.post("/v1/tables/mob/fields", "{\"name\":\"twin\",\"type\":\"i32\",\"default\":0}")
                .expect(201);
        client.post("/v1/tables/mob/records", "{\"hp\":0,\"twin\":0}").expect(201);
        final List<Client.Answer> answers = all(CLIENTS * EACH, i -> switch (i % 4) {
            case 0, 1 -> client.send("PATCH", "/v1/tables/mob/records/1", "{\"hp\":" + i + ",\"twin\":" + i + "}");
            case 2 -> client.get("/v1/tables/mob/records/1");
            default -> client.get("/v1/tables/mob/records");
        });
        for (final Client.Answer answer : answers) {
            final JsonNode body = answer.expect(200).json();
            final JsonNode record = body.isArray() ? body.get(0) : body;
            assertEquals(record.get("hp"), record.get("twin"), answer::toString);
        }
    }

    @Test
    @Tag("rc_4:test_concurrent_deletes_on_same_record")
    @Tag("rc_4:test_concurrent_delete_and_read")
    void shouldDeleteARecordOnce() throws Exception {
        client.post("/v1/tables/mob/records", "{\"hp\":3}").expect(201);
        final List<Client.Answer> answers = all(
                CLIENTS * 2,
                i -> i % 2 == 0
                        ? client.send("DELETE", "/v1/tables/mob/records/1", null)
                        : client.get("/v1/tables/mob/records/1"));
        assertEquals(1, count(answers, 204), answers::toString);
        for (final Client.Answer answer : answers) {
            final boolean isWhole =
                    answer.status() != 200 || answer.json().get("hp").asInt() == 3;
            assertTrue(isWhole && (answer.status() / 100 == 2 || answer.status() == 404), answer::toString);
        }
    }

    @Test
    @Tag("rp_1:concurrent_requests")
    @Tag("rp_2:test_rpc_concurrent_requests")
    @Tag("pr_2:test_concurrent_procedure_execution")
    void shouldAnswerEveryCallWithItsOwnIdAndLoseNone() throws Exception {
        final int calls = CLIENTS * EACH;
        final List<Client.Answer> answers = all(
                calls,
                i -> client.post(
                        "/rpc",
                        "{\"jsonrpc\":\"2.0\",\"id\":" + i
                                + ",\"method\":\"bank.move\",\"params\":{\"amount\":1,\"fail\":false}}"));
        final Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < calls; i++) {
            final JsonNode reply = answers.get(i).expect(200).json();
            assertEquals(i, reply.get("id").asInt());
            assertTrue(reply.has("result"), reply::toString);
            ids.add(reply.get("id").asInt());
        }
        assertEquals(calls, ids.size());
        assertEquals(
                calls,
                client.get("/v1/tables/account/records/2").json().get("balance").asInt());
    }

    @Test
    @Tag("rs_4:test_delete_field_with_concurrent_writes")
    @Tag("rs_4:test_delete_field_atomic")
    @Tag("sj_1:test_rest_api_schema_concurrent_modification")
    @Tag("sj_1:test_serialize_concurrent_access")
    void shouldShowOldOrNewSchemaWhileFieldsGo() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            client.post("/v1/tables/mob/fields", "{\"name\":\"f" + i + "\",\"type\":\"i32\",\"default\":1}")
                    .expect(201);
        }
        final List<Client.Answer> answers = all(CLIENTS * 3, i -> switch (i % 3) {
            case 0 -> client.send("DELETE", "/v1/tables/mob/fields/f" + i / 3, null);
            case 1 -> client.post("/v1/tables/mob/records", "{\"hp\":1,\"f" + i / 3 + "\":2}");
            default -> client.get("/v1/schema");
        });
        int refused = 0;
        for (int i = 0; i < answers.size(); i++) {
            final Client.Answer answer = answers.get(i);
            if (i % 3 == 0) {
                answer.expect(204);
            } else if (i % 3 == 1) {
                assertTrue(Set.of(201, 404, 422).contains(answer.status()), answer::toString);
                refused += answer.status() == 201 ? 0 : 1;
            } else {
                answer.expect(200);
                answer.json()
                        .get("tables")
                        .forEach(table -> assertTrue(table.get("fields").isArray()));
            }
        }
        assertEquals(
                CLIENTS - refused,
                client.get("/v1/tables/mob/records").expect(200).json().size());
        assertEquals(1, client.get("/v1/tables/mob").json().get("fields").size());
    }
}
