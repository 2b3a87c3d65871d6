package io.taktdb.persistence.sqlite;

import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A world from a dump that {@link SqliteDump} wrote, also if somebody has changed rows in it since.
 *
 * <p>Restores schema, rows, ids, the order of rows, ids that are dead, and next ids. Every value is checked against the
 * schema, every reference against the relations. Threading: one thread.
 */
final class DumpImport extends SqliteImport {
    private final DumpHeader header;

    DumpImport(final Path file, final DumpHeader header) {
        super(file);
        this.header = header;
    }

    @Override
    public boolean isDump() {
        return true;
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public long commit() {
        return header.commit();
    }

    @Override
    public long tick() {
        return header.tick();
    }

    @Override
    public long seed() {
        return header.seed();
    }

    @Override
    void load(final Connection connection, final Database database) throws SQLException {
        database.load(header.schema());
        for (final Table table : new ArrayList<>(database.tables())) {
            new TableImport(connection, database, table, header).run();
        }
        database.checkRelations();
    }
}
