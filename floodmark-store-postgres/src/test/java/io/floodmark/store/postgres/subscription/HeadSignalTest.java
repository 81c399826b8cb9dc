package io.floodmark.store.postgres.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.store.postgres.TestStores;
import io.floodmark.store.postgres.schema.StoreNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class HeadSignalTest {
    @Test
    void a_listening_connection_that_died_is_not_left_to_the_next_user_of_its_pool()
            throws SQLException {
        StoreNames names = TestStores.freshNames().names();
        String listeners =
                " FROM pg_stat_activity WHERE state = 'idle' AND query = 'LISTEN \"%s\"'"
                        .formatted(names.channel());
        try (HikariDataSource pool = poolOfOne();
                var signal = new HeadSignal(pool, names)) {
            long _ = signal.seen();
            while (number("SELECT count(*)" + listeners) == 0) {
                Thread.onSpinWait();
            }
            assertThat(number("SELECT count(pg_terminate_backend(pid, 5000))" + listeners)).isOne();

            try (Connection next = pool.getConnection()) {
                assertThat(number(next, "SELECT 7")).isEqualTo(7);
            }
        }
    }

    private static HikariDataSource poolOfOne() {
        var address = TestStores.server().address();
        var config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = TestStores.shared().getConnection()) {
            return number(connection, sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
