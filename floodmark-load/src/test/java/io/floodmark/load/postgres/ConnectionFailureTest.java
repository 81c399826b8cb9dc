package io.floodmark.load.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.postgres.ConnectionFailure.Kind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ConnectionFailureTest {

    private static ConnectionTarget app = ConnectionTarget.of("x", 1, "x", "x", Password.none());

    @BeforeAll
    static void create_a_database() throws Exception {
        app = TestServer.freshDatabase();
    }

    @Test
    void nobody_listens() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }

        expect(at("127.0.0.1", port), Kind.REFUSED, "nothing listens on port " + port);
    }

    @Test
    void nobody_answers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            expect(
                    at("127.0.0.1", silent.getLocalPort()),
                    Kind.TIMEOUT,
                    "no answer in time from port " + silent.getLocalPort());
        }
    }

    @Test
    void host_is_unknown() {
        expect(
                at("no-such-host.invalid", 5432),
                Kind.UNKNOWN_HOST,
                "host name 'no-such-host.invalid' is unknown");
    }

    @Test
    void password_is_wrong() {
        ConnectionTarget wrong = with(app, app.user(), Password.of("wr0ng-secret"));

        ConnectionFailure failure =
                expect(
                        wrong,
                        Kind.WRONG_PASSWORD,
                        "password for user '%s' is wrong".formatted(app.user()));
        assertThat(failure.sentence() + failure.getCause() + wrong)
                .doesNotContain("wr0ng-secret")
                .contains("***");
    }

    @Test
    void password_is_missing() {
        expect(
                with(app, app.user(), Password.none()),
                Kind.NO_PASSWORD,
                "wants a password for user '%s' and none is set".formatted(app.user()));
    }

    @Test
    void role_may_not_log_in() throws Exception {
        TestServer.execute(
                TestServer.superuser(), "CREATE ROLE nologin_role NOLOGIN PASSWORD 'app-secret'");

        expect(
                with(app, "nologin_role", app.password()),
                Kind.ROLE,
                "does not let the role 'nologin_role' log in");
    }

    @Test
    void database_is_missing() {
        ConnectionTarget missing =
                ConnectionTarget.of(
                        app.host(), app.port(), "no such db?", app.user(), app.password());

        expect(missing, Kind.DATABASE, "there is no database 'no such db?'");
    }

    @Test
    void role_has_all_its_connections() throws Exception {
        ConnectionTarget limited = TestServer.freshDatabase();
        TestServer.execute(
                TestServer.superuser(),
                "ALTER ROLE %s CONNECTION LIMIT 0".formatted(limited.user()));

        expect(limited, Kind.TOO_MANY_CONNECTIONS, "all its connections are taken");
    }

    @Test
    void tls_is_demanded_and_not_offered() {
        expect(
                with(app, SslMode.REQUIRE),
                Kind.TLS_NOT_OFFERED,
                "SSL mode 'require' demands TLS and the server offers none");
    }

    @Nested
    final class Tls {

        @Test
        void certificate_and_demand_are_explained() throws Exception {
            Path hba = switchTlsOn();
            String before = Files.readString(hba);
            try {
                Files.writeString(hba, "hostssl all all all scram-sha-256\n");
                TestServer.execute(
                        with(TestServer.superuser(), SslMode.REQUIRE), "SELECT pg_reload_conf()");
                Awaiting.until("TLS is demanded", () -> !connects(with(app, SslMode.DISABLE)));

                expect(
                        with(app, SslMode.DISABLE),
                        Kind.TLS_DEMANDED,
                        "only over TLS and SSL mode is 'disable'");
                expect(
                        with(app, SslMode.VERIFY_FULL),
                        Kind.TLS_NOT_VERIFIED,
                        "certificate does not pass SSL mode 'verify-full'");
                try (Connection connection = TestServer.connect(with(app, SslMode.REQUIRE))) {
                    assertThat(TestServer.text(connection, "SELECT 1")).isEqualTo("1");
                }
            } finally {
                Files.writeString(hba, before);
                TestServer.execute(
                        with(TestServer.superuser(), SslMode.REQUIRE),
                        "ALTER SYSTEM RESET ssl",
                        "SELECT pg_reload_conf()");
                Awaiting.until("TLS is off", () -> !connects(with(app, SslMode.REQUIRE)));
            }
        }

        private static Path switchTlsOn() throws Exception {
            TlsFiles.install(TestServer.shared().dataDirectory());
            TestServer.execute(
                    TestServer.superuser(), "ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()");
            Awaiting.until("TLS is offered", () -> connects(with(app, SslMode.REQUIRE)));
            try (Connection connection = TestServer.connect(TestServer.superuser())) {
                return Path.of(TestServer.text(connection, "SHOW hba_file"));
            }
        }
    }

    private static ConnectionFailure expect(ConnectionTarget target, Kind kind, String part) {
        ConnectionFailure failure = failureOf(target);
        assertThat(failure.kind()).as(failure.sentence()).isEqualTo(kind);
        assertThat(failure.sentence())
                .startsWith("cannot use PostgreSQL at " + target.describe())
                .contains(part)
                .doesNotContain("\n");
        return failure;
    }

    private static ConnectionFailure failureOf(ConnectionTarget target) {
        try (Connection connection = target.connect(Duration.ofSeconds(1), 1)) {
            throw new AssertionError("connected: " + connection);
        } catch (SQLException e) {
            return ConnectionFailure.of(target, e);
        }
    }

    private static boolean connects(ConnectionTarget target) {
        try (Connection connection = target.connect(Duration.ofSeconds(5), 1)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private static ConnectionTarget at(String host, int port) {
        return ConnectionTarget.of(host, port, app.database(), app.user(), app.password());
    }

    private static ConnectionTarget with(ConnectionTarget target, String user, Password password) {
        return ConnectionTarget.of(target.host(), target.port(), target.database(), user, password);
    }

    private static ConnectionTarget with(ConnectionTarget target, SslMode mode) {
        return new ConnectionTarget(
                target.host(),
                target.port(),
                target.database(),
                target.user(),
                target.password(),
                mode,
                target.applicationName());
    }
}
