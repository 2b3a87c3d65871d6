package io.taktdb.bench.persist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The peer of a dump: plain sqlite-jdbc inserts the same rows, held in memory, into the same table, in batches and one
 * transaction with the same pragmas, and forces the file. Threading: one thread.
 */
final class DumpPeer {
    private static final int BATCH_ROWS = 1_000;

    private final String createSql;
    private final List<Object[]> rows = new ArrayList<>();

    /** Reads a table of a dump into memory. */
    DumpPeer(final Path dump, final String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + dump);
                Statement statement = connection.createStatement()) {
            try (ResultSet sql = statement.executeQuery("SELECT sql FROM sqlite_master WHERE name = '" + table + "'")) {
                createSql = sql.getString(1);
            }
            try (ResultSet found = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
                final int columns = found.getMetaData().getColumnCount();
                while (found.next()) {
                    final Object[] row = new Object[columns];
                    for (int i = 0; i < columns; i++) {
                        row[i] = found.getObject(i + 1);
                    }
                    rows.add(row);
                }
            }
        }
    }

    int rows() {
        return rows.size();
    }

    /** Seconds to write all rows into a new file. */
    double seconds(final Path file, final String table) throws SQLException, IOException {
        final long startNs = System.nanoTime();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = OFF");
                statement.execute("PRAGMA synchronous = OFF");
                statement.execute("PRAGMA locking_mode = EXCLUSIVE");
                connection.setAutoCommit(false);
                statement.execute(createSql);
            }
            final String values = "?,".repeat(rows.get(0).length);
            final String sql =
                    "INSERT INTO \"" + table + "\" VALUES (" + values.substring(0, values.length() - 1) + ')';
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                int count = 0;
                for (final Object[] row : rows) {
                    for (int i = 0; i < row.length; i++) {
                        insert.setObject(i + 1, row[i]);
                    }
                    insert.addBatch();
                    if (++count % BATCH_ROWS == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
            connection.commit();
        }
        try (var channel = java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        Files.delete(file);
        return seconds;
    }
}
