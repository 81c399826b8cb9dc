package io.floodmark.load.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A job beside the load ends, whatever the server does.
final class ErrandTest {

    private final Errand errand = new Errand(TestServer.superuser(), Duration.ofMillis(400));

    @Test
    void work_within_the_limit_is_done() {
        String answer = errand.run(connection -> TestServer.text(connection, "SELECT 'done'"));

        assertThat(answer).isEqualTo("done");
    }

    @Test
    void statement_that_takes_too_long_is_given_up_by_the_server() {
        assertThatThrownBy(() ->
                        errand.run(
                                connection -> TestServer.text(connection, "SELECT pg_sleep(60)")))
                .isInstanceOfSatisfying(
                        ConnectionFailure.class,
                        failure ->
                                assertThat(failure.kind())
                                        .isEqualTo(ConnectionFailure.Kind.TOO_SLOW))
                .hasMessageContaining("statement timeout")
                .hasMessageContaining("pg_stat_activity")
                .hasMessageEndingWith("the limit for an answer is 400 ms");
    }

    @Test
    void frozen_server_does_not_hold_the_caller() {
        try {
            assertThatThrownBy(() ->
                            errand.run(connection -> {
                                TestServer.shared().faults().freeze();
                                return TestServer.text(connection, "SELECT 1");
                            }))
                    .isInstanceOfSatisfying(
                            ConnectionFailure.class,
                            failure ->
                                    assertThat(failure.kind())
                                            .isEqualTo(ConnectionFailure.Kind.TIMEOUT))
                    .hasMessageContaining("whether the server hangs")
                    .hasMessageEndingWith("the limit for an answer is 400 ms");
        } finally {
            TestServer.shared().faults().thaw();
        }
    }
}
