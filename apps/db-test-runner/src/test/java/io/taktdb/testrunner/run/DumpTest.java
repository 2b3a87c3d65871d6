package io.taktdb.testrunner.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.taktdb.testrunner.plan.InvalidPlanException;
import io.taktdb.testrunner.report.Report;
import io.taktdb.testrunner.server.GivenServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DumpTest {
    @TempDir
    private Path folder;

    @Test
    void shouldQueryDumpWhenPlanHasSql() throws IOException, SQLException, InvalidPlanException {
        final byte[] database = database();
        final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/dump.db", exchange -> {
            exchange.sendResponseHeaders(200, database.length);
            exchange.getResponseBody().write(database);
            exchange.close();
        });
        server.start();
        try {
            final Path plan = Files.writeString(folder.resolve("p.yaml"), """
                    title: t
                    steps:
                      - sql: {query: pragma integrity_check, expect: [[ok]]}
                      - sql:
                          query: select i, r, t, b, n from a
                          expect: [[9223372036854775807, 0.1, "x'y", "AAH/", null]]
                      - sql: {query: select 1, expect: [[2]]}
                      - sql: {query: select no, expect: []}
                    """);
            final URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            final Report report = PlanRunner.run(List.of(plan), new GivenServer(url));
            assertEquals("2 passed, 2 failed, 0 skipped", report.summary());
            final String third = report.plans().get(0).steps().get(2).text();
            assertEquals("$[0][0]: expected 2, got 1\nquery: select 1", third);
            assertTrue(report.plans().get(0).steps().get(3).text().startsWith("query failed on the dump"));
        } finally {
            server.stop(0);
        }
    }

    private byte[] database() throws SQLException, IOException {
        final Path file = folder.resolve("w.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("create table a(i integer, r real, t text, b blob, n text)");
            statement.executeUpdate("insert into a values (9223372036854775807, 0.1, 'x''y', x'0001ff', null)");
        }
        return Files.readAllBytes(file);
    }
}
