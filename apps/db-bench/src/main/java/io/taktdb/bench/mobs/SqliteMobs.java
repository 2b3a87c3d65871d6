package io.taktdb.bench.mobs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQLite in memory, without a journal; statements are prepared, a step is one transaction. */
public final class SqliteMobs extends Mobs {
    private final Connection connection;
    private final PreparedStatement healing;
    private final PreparedStatement counting;
    private final PreparedStatement hitting;
    private final PreparedStatement deleting;
    private final PreparedStatement inserting;

    public SqliteMobs(final Action action, final int rows) {
        super(action, rows);
        try {
            connection = DriverManager.getConnection("jdbc:sqlite::memory:");
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode=OFF");
                statement.execute("PRAGMA synchronous=OFF");
                statement.execute("CREATE TABLE mob (id INTEGER PRIMARY KEY, x REAL, y REAL, z REAL,"
                        + " vx REAL, vy REAL, vz REAL, hp INTEGER, max_hp INTEGER)");
            }
            connection.setAutoCommit(false);
            healing = connection.prepareStatement("UPDATE mob SET hp = min(max_hp, hp + 1)");
            counting = connection.prepareStatement("SELECT count(*) FROM mob WHERE hp < " + WEAK);
            hitting = connection.prepareStatement("UPDATE mob SET hp = hp - 1 WHERE id = ?");
            deleting = connection.prepareStatement("DELETE FROM mob WHERE id = ?");
            inserting = connection.prepareStatement("INSERT INTO mob VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
            for (int row = 0; row < rows; row++) {
                bear(row);
            }
            connection.commit();
        } catch (final SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A thing that SQLite may refuse. */
    private interface Work {
        void run() throws SQLException;
    }

    private void transaction(final Work work) {
        try {
            work.run();
            connection.commit();
        } catch (final SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void bear(final long key) throws SQLException {
        inserting.setLong(1, key);
        for (int axis = 0; axis < AXES; axis++) {
            inserting.setFloat(2 + axis, position(key, axis));
            inserting.setFloat(2 + AXES + axis, velocity(key, axis));
        }
        inserting.setInt(2 + 2 * AXES, startHp(key));
        inserting.setInt(3 + 2 * AXES, maxHp(key));
        inserting.executeUpdate();
    }

    @Override
    void heal() {
        transaction(healing::executeUpdate);
    }

    @Override
    long countWeak() {
        return number(counting);
    }

    @Override
    void hit(final long[] hitKeys) {
        transaction(() -> {
            for (final long key : hitKeys) {
                hitting.setLong(1, key);
                hitting.executeUpdate();
            }
        });
    }

    @Override
    void churn(final long oldest, final long newest, final int count) {
        transaction(() -> {
            for (int i = 0; i < count; i++) {
                deleting.setLong(1, oldest + i);
                deleting.executeUpdate();
                bear(newest + i);
            }
        });
    }

    private static long number(final PreparedStatement query) {
        try (ResultSet result = query.executeQuery()) {
            result.next();
            return result.getLong(1);
        } catch (final SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    long sumOfHp() {
        try (PreparedStatement sum = connection.prepareStatement("SELECT sum(hp) FROM mob")) {
            return number(sum);
        } catch (final SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
