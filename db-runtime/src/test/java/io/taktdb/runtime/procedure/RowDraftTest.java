package io.taktdb.runtime.procedure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import org.junit.jupiter.api.Test;

/** Lists, options and oneofs in procedures: as JSON text. */
class RowDraftTest {
    @Test
    void shouldWriteAndReadNestedValuesAsJson() {
        try (Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0)) {
            database.change(CreateTable.of(
                    "hero",
                    FieldSpec.of("tags", "list<string>"),
                    FieldSpec.of("goal", "option<2xi32>"),
                    FieldSpec.of("act", "oneof{rest: bool, walk: list<u8>}")));
            final Table table = database.table("hero");
            final ProcedureTable heroes = new ProcedureTable(table, new CallWatch());
            final long id = heroes.insert(heroes.draft()
                    .set("tags", "[\"a\",\"b\"]")
                    .set("goal", "[1,2]")
                    .set("act", "{\"walk\":[7]}"));
            assertEquals("[\"a\",\"b\"]", table.reader().require(id).getString(0));
            assertEquals("[1,2]", table.reader().require(id).getString(1));
            assertEquals("{\"walk\":[7]}", table.reader().require(id).getString(2));
            final DbException refused =
                    assertThrows(DbException.class, () -> heroes.draft().set("act", "{\"walk\":[7,256]}"));
            assertEquals(ErrorCode.SCHEMA_MISMATCH, refused.code(), refused.getMessage());
            assertTrue(refused.getMessage().contains("act.walk[1]"), refused.getMessage());
        }
    }
}
