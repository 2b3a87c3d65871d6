package io.taktdb.persistence.sqlite;

import io.taktdb.core.state.State;
import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.TableState;
import io.taktdb.core.table.TableView;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.storage.StorageError;
import io.taktdb.persistence.storage.StorageFile;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Writes a state as an SQLite file, in the form that the package describes.
 *
 * <p>The file is written beside its place under {@code NAME.writing}, in one transaction and without a journal of its
 * own, then forced and renamed: at its place there is the old file or the whole new one. Memory: one batch of rows and
 * SQLite's page cache. Threading: the thread that holds the state's lease.
 */
public final class SqliteDump {
    private static final int BATCH_ROWS = 1000;
    private static final long BATCH_BYTES = 4 << 20;
    private static final int CACHE_KIB = 64 << 10;
    private static final String WRITING = ".writing";
    private static final String ADVICE = "nothing has changed; check the disk's space and the folder's permissions";

    private final Storage storage;
    private final long seed;

    /**
     * @param seed the world's seed of random numbers, which no state knows
     */
    public SqliteDump(final Storage storage, final long seed) {
        this.storage = storage;
        this.seed = seed;
    }

    /**
     * Writes a dump, replacing the file that has its name.
     *
     * @param state under a lease that stays open until this returns
     * @throws DbException STORAGE_FAILED, and the file is as it was
     */
    public void write(final State state, final Path file) {
        final Path target = file.toAbsolutePath();
        final Path writing = target.resolveSibling(target.getFileName() + WRITING);
        try {
            storage.delete(writing);
            fill(state, writing);
            try (StorageFile written = storage.open(writing)) {
                written.force();
            }
            storage.rename(writing, target);
            storage.forceFolder(target.getParent());
        } catch (final IOException e) {
            final DbException failed = StorageError.failed("dump could not be written", file, e, ADVICE);
            removeQuietly(writing, failed);
            throw failed;
        } catch (final SQLException e) {
            final DbException failed = new DbException(
                            ErrorCode.STORAGE_FAILED,
                            "dump could not be written: file=" + file + ", cause=" + e.getMessage() + "; " + ADVICE,
                            e)
                    .with("file", file.toString());
            removeQuietly(writing, failed);
            throw failed;
        } catch (final RuntimeException | Error e) {
            removeQuietly(writing, e);
            throw e;
        }
    }

    private void removeQuietly(final Path writing, final Throwable cause) {
        try {
            storage.delete(writing);
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void fill(final State state, final Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri())) {
            pragmas(connection);
            connection.setAutoCommit(false);
            DumpCatalog.create(connection);
            DumpCatalog.describe(connection, state, seed);
            try (ExactValues exact = new ExactValues(connection);
                    IdLists ids = new IdLists(connection)) {
                for (final DumpTable table : DumpTable.of(state)) {
                    table(connection, table, exact);
                    ids.write(table.state());
                }
            }
            connection.commit();
        }
    }

    private static void pragmas(final Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("PRAGMA cache_size = -" + CACHE_KIB);
            statement.execute("PRAGMA application_id = " + DumpCatalog.APPLICATION_ID);
            statement.execute("PRAGMA user_version = " + DumpCatalog.FORMAT_VERSION);
        }
    }

    private static void table(final Connection connection, final DumpTable table, final ExactValues exact)
            throws SQLException {
        DumpCatalog.describe(connection, table);
        try (Statement statement = connection.createStatement()) {
            statement.execute(table.createSql());
        }
        try (PreparedStatement insert = connection.prepareStatement(table.insertSql())) {
            final RowBinder binder = new RowBinder(table, insert, exact);
            final RowOrder rows = new RowOrder(table.state());
            int count = 0;
            long bytes = 0;
            while (rows.next()) {
                bytes += binder.bind(rows.row());
                insert.addBatch();
                if (++count == BATCH_ROWS || bytes > BATCH_BYTES) {
                    insert.executeBatch();
                    count = 0;
                    bytes = 0;
                }
            }
            insert.executeBatch();
        }
        try (Statement statement = connection.createStatement()) {
            for (final String index : table.indexSql()) {
                statement.execute(index);
            }
        }
    }

    /** All rows, by ascending id where that is cheap, since SQLite appends fastest; else as they lie. */
    private static final class RowOrder {
        private final IdWalk walk;
        private final long count;
        private long row = -1;

        RowOrder(final TableState table) {
            walk = table.scalar(TableView.SPARSE_IDS) == 0 ? table.walk() : null;
            count = table.rowCount();
        }

        boolean next() {
            if (walk == null) {
                return ++row < count;
            }
            if (!walk.next()) {
                return false;
            }
            row = walk.row();
            return true;
        }

        long row() {
            return row;
        }
    }
}
