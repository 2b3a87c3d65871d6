package io.taktdb.testrunner.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import org.sqlite.SQLiteConfig;

/** A SQLite dump of the server, fetched now and gone when closed. Threading: one thread. */
final class Dump implements AutoCloseable {
    private static final int OK = 200;

    private final Path file;

    private Dump(final Path file) {
        this.file = file;
    }

    static Dump fetch(final HttpDoor door, final URI server) throws IOException, StepFailure {
        final Path file = Files.createTempFile("taktdb-plan-", ".db");
        boolean fetched = false;
        try {
            final int status = door.download(server.resolve("/v1/dump.db"), file);
            if (status != OK) {
                throw new StepFailure("dump was refused: status=" + status + "\n" + Files.readString(file));
            }
            fetched = true;
            return new Dump(file);
        } finally {
            if (!fetched) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The rows of a query, each an array: numbers, texts, nulls; bytes as base64. */
    ArrayNode rows(final String query) throws StepFailure {
        final SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            final ArrayNode rows = HttpCall.JSON.createArrayNode();
            final int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                final ArrayNode row = rows.addArray();
                for (int i = 1; i <= columns; i++) {
                    add(row, result.getObject(i));
                }
            }
            return rows;
        } catch (final SQLException e) {
            throw new StepFailure("query failed on the dump: query=" + query + ", reason=" + e.getMessage());
        }
    }

    private static void add(final ArrayNode row, final Object value) {
        if (value == null) {
            row.addNull();
        } else if (value instanceof byte[] bytes) {
            row.add(Base64.getEncoder().encodeToString(bytes));
        } else if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
            row.add(BigDecimal.valueOf(number));
        } else if (value instanceof Number number && !(value instanceof Double)) {
            row.add(number.longValue());
        } else {
            row.add(value.toString());
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
