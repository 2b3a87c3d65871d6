package io.taktdb.api.rpc;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.api.http.Role;
import io.taktdb.api.json.SchemaSteps;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.runtime.TaktDb;
import io.taktdb.types.evolution.SchemaDiff;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Schema;
import java.io.IOException;
import java.util.List;

/** {@code schema.get} and {@code schema.put}: what {@code GET} and {@code PUT /v1/schema} do, with the same errors. */
final class SchemaMethods {
    private static final String OBJECT = "{\"type\":\"object\"}";
    private static final String SCHEMA = "schema";
    private static final String DRY_RUN = "dryRun";
    private static final String ALLOW_DROP = "allowDrop";

    private final TaktDb db;

    SchemaMethods(final TaktDb db) {
        this.db = db;
    }

    List<BuiltInMethod> methods() {
        return List.of(
                new BuiltInMethod(
                        "schema.get", Role.READ, "The schema: types and tables.", List.of(), OBJECT, this::get),
                new BuiltInMethod(
                        "schema.put",
                        Role.ADMIN,
                        "Moves to another schema in one commit; dryRun lists the steps, allowDrop lets them lose data.",
                        List.of(RpcParam.record(SCHEMA), RpcParam.flag(DRY_RUN), RpcParam.flag(ALLOW_DROP)),
                        "{\"type\":\"object\",\"required\":[\"version\",\"dryRun\",\"steps\"]}",
                        this::put));
    }

    private void get(final RpcCall call, final RpcParams params) {
        try (Lease lease = db.lease()) {
            final State state = lease.state();
            call.reply(state.tick(), state.commit(), (json, target) -> SchemaJson.write(json, state.schema()));
        }
    }

    private void put(final RpcCall call, final RpcParams params) throws IOException {
        final boolean dryRun = params.flag(DRY_RUN);
        final boolean allowDrop = params.flag(ALLOW_DROP);
        final Schema wanted;
        try (JsonParser parser = params.value(SCHEMA).parser()) {
            wanted = SchemaJson.readSchema(parser);
            StrictJson.requireEnd(parser);
        }
        final Schema current;
        final List<SchemaDiff.Step> steps;
        try (Lease lease = db.lease()) {
            final State state = lease.state();
            current = state.schema();
            steps = SchemaDiff.between(current, wanted);
            if (dryRun || steps.isEmpty()) {
                call.reply(
                        state.tick(),
                        state.commit(),
                        (json, target) -> SchemaSteps.write(json, current, steps, dryRun));
                return;
            }
        }
        if (!allowDrop) {
            SchemaSteps.requireNoLoss(steps);
        }
        call.submit(
                SchemaSteps.command(current, steps),
                (json, done) -> SchemaSteps.write(json, done.schema(), steps, false));
    }
}
