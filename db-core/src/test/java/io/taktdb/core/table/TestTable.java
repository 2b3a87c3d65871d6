package io.taktdb.core.table;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.testing.Rows;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;

/** A database with one table {@code t}. Threading: none of its own. */
final class TestTable implements AutoCloseable {
    private final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
    private final Database database = new Database(budget, 0, 0);
    private final Table table;

    TestTable(final FieldSpec... fields) {
        database.change(SchemaChange.CreateTable.of("t", fields));
        table = database.table("t");
    }

    Database database() {
        return database;
    }

    Table table() {
        return table;
    }

    long insert(final Object... values) {
        return table.writes().insert(Rows.row(table.schema(), values));
    }

    void insertAs(final long id, final Object... values) {
        table.writes().insert(id, Rows.row(table.schema(), values));
    }

    void audit() {
        TableAudit.check(table);
    }

    @Override
    public void close() {
        database.close();
        if (budget.reservedBytes() != 0) {
            throw new AssertionError("memory is not returned: bytes=" + budget.reservedBytes());
        }
    }
}
