package io.taktdb.persistence.sqlite;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** Reading SQLite files of which nothing is known, so that nothing in them is believed. Threading: none of its own. */
final class SqliteFile {
    private SqliteFile() {}

    /** Opens a file that is there, for reading alone; nothing that its schema calls is run. */
    static Connection connect(final Path file) throws SQLException {
        final SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        final Connection connection = config.createConnection("jdbc:sqlite:" + file.toUri());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA cell_size_check = ON");
            return connection;
        } catch (final SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Checks that a file is not damaged.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    static void checkIntegrity(final Connection connection) throws SQLException {
        final String answer = text(connection, "PRAGMA integrity_check(1)");
        if (!"ok".equals(answer)) {
            throw new IllegalArgumentException("it is damaged, " + answer);
        }
    }

    /** The first value of a query as text; null if there is none. */
    static String text(final Connection connection, final String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** What is to be made of each row of a query. */
    interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** All rows of a query. */
    static <T> List<T> list(final Connection connection, final String sql, final Mapping<T> mapping)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            final List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(mapping.of(rows));
            }
            return all;
        }
    }

    /** A name of SQL in quotes. */
    static String quote(final String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text of SQL in quotes. */
    static String literal(final String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** The error for a file that cannot be loaded. */
    static DbException notLoadable(final Path file, final Exception cause) {
        return new DbException(
                        ErrorCode.INVALID_REQUEST,
                        "SQLite file cannot be loaded: file=" + file.getFileName() + ", cause=" + cause.getMessage()
                                + "; nothing has changed",
                        cause)
                .with("file", String.valueOf(file.getFileName()));
    }
}
