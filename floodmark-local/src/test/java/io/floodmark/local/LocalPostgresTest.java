package io.floodmark.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class LocalPostgresTest {
    @Test
    void starts_durable_and_stops_without_a_trace() throws Exception {
        LocalPostgres server = LocalPostgres.start();
        try (server) {
            assertThat(Sql.text(server.address(), "show fsync")).isEqualTo("on");
            assertThat(Sql.text(server.address(), "show synchronous_commit")).isEqualTo("on");
            assertThat(Sql.text(server.address(), "show full_page_writes")).isEqualTo("on");
            assertThat(Sql.text(server.address(), "show data_checksums")).isEqualTo("on");
            assertThat(Sql.text(server.address(), "show max_connections")).isEqualTo("200");
            assertThat(Sql.text(server.address(), "select count(*) > 0 from pg_stat_statements"))
                    .isEqualTo("t");
            assertThat(server.toString()).doesNotContain(server.password());
        }

        assertThat(server.dataDirectory().getParent()).doesNotExist();
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void wrong_password_is_refused() {
        try (var server = LocalPostgres.start()) {
            assertThatThrownBy(() -> connect(server, "wrong").close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    private static Connection connect(LocalPostgres server, String password) throws SQLException {
        return DriverManager.getConnection(server.url(), server.user(), password);
    }
}
