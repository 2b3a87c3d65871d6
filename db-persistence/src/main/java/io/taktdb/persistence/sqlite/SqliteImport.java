package io.taktdb.persistence.sqlite;

import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.journal.WorldSource;
import io.taktdb.types.error.DbException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A world from an SQLite file: from a dump that {@link SqliteDump} wrote, exactly; from any other, its plain tables.
 *
 * <p>Threading: one thread.
 */
public abstract class SqliteImport implements WorldSource {
    final Path file;

    SqliteImport(final Path file) {
        this.file = file;
    }

    /**
     * Checks that a file is whole, and reads which tables it has.
     *
     * @throws DbException INVALID_REQUEST it is no SQLite file, is damaged, or has tables that cannot be had here
     */
    public static SqliteImport open(final Path file) {
        try (Connection connection = SqliteFile.connect(file)) {
            SqliteFile.checkIntegrity(connection);
            return DumpHeader.isDump(connection)
                    ? new DumpImport(file, DumpHeader.read(connection))
                    : new PlainImport(file, PlainTables.read(connection));
        } catch (final SQLException | IllegalArgumentException e) {
            throw SqliteFile.notLoadable(file, e);
        }
    }

    /** Whether the file is a dump of a world, which is restored exactly. */
    public abstract boolean isDump();

    /** What could not be taken over, and what has another name now, in words; empty when all is as it was. */
    public abstract List<String> notes();

    /**
     * Fills an empty database. It is the caller's to commit; after an error, to close.
     *
     * @throws DbException SCHEMA_MISMATCH a value does not fit its field; CONFLICT a record refers to none, or equals
     *     another where that is forbidden; INVALID_REQUEST the file is not as it says; OUT_OF_MEMORY
     */
    @Override
    public void load(final Database database) {
        try (Connection connection = SqliteFile.connect(file)) {
            load(connection, database);
        } catch (final SQLException | IllegalArgumentException e) {
            throw SqliteFile.notLoadable(file, e);
        }
    }

    abstract void load(Connection connection, Database database) throws SQLException;
}
