package io.floodmark.ingest.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import io.floodmark.ingest.flow.Events;
import io.floodmark.ingest.metrics.ClickHouseMetrics;
import io.floodmark.store.TimeAndChance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of events when the answer is bad; against a stub, see [StubServer].
final class BadAnswersTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final InsertSettings HASTY =
            new InsertSettings(
                    Duration.ofMillis(300), Duration.ofMillis(400), Duration.ofMillis(10));

    private static boolean isInsert(String request) {
        return request.contains("INSERT");
    }

    private static boolean isLook(String request) {
        return request.contains("param_mark");
    }

    /// Answers inserts so, looks with this number, and the making of tables well.
    private static Function<String, String> script(String insert, int found) {
        String number = Integer.toString(found);
        String look =
                "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(number.length(), number);
        return request -> isInsert(request) ? insert : isLook(request) ? look : OK;
    }

    private static Sink.Written write(StubServer server) {
        ClickHouseSink sink =
                ClickHouseSink.open(
                        server.address(),
                        HASTY,
                        new ClickHouseMetrics(new SimpleMeterRegistry()),
                        TimeAndChance.system());
        try (Sink.Writer writer = sink.open()) {
            return writer.write(ClickHouseSinkTest.batch("", Events.many("e", 2)));
        }
    }

    private static List<String> inserts(StubServer server) {
        return server.requests.stream().filter(BadAnswersTest::isInsert).toList();
    }

    @Test
    void turned_away_with_429_means_not_taken_and_may_come_again() throws Exception {
        try (var server =
                StubServer.answering(
                        script("HTTP/1.1 429 Too Many\r\nContent-Length: 0\r\n\r\n", 0))) {
            Sink.Written written = write(server);

            assertThat(written.healthy()).isFalse();
            assertThat(written.outcomes()).allMatch(outcome -> outcome instanceof Outcome.NotTaken);
            assertThat(inserts(server)).hasSizeGreaterThan(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A proxy's answer does not say how far the insert came.
                "HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n",
                // Half of an answer.
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nCode",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "HTTP/1.1 200",
                // None at all.
                "",
                // Headers, and then silence.
                "HTTP/1.1 200 OK\r\nX-Hang: yes\r\nContent-Length: 5\r\n\r\n",
                // Memory is short: how far it came is not said.
                "HTTP/1.1 500 Error\r\nX-ClickHouse-Exception-Code: 241\r\nContent-Length: 0\r\n\r\n"
            })
    void an_insert_whose_end_nobody_saw_is_unknown_and_its_token_stays_the_same(String answer)
            throws Exception {
        try (var server = StubServer.answering(script(answer, 0))) {
            Sink.Written written = write(server);

            assertThat(written.healthy()).isFalse();
            assertThat(written.outcomes()).allMatch(outcome -> outcome instanceof Outcome.Unknown);
            assertThat(inserts(server).stream().distinct()).hasSize(1);
        }
    }

    @Test
    void an_insert_whose_answer_was_lost_is_stored_when_the_table_has_its_rows() throws Exception {
        try (var server = StubServer.answering(script("HTTP/1.1 200", 2))) {
            Sink.Written written = write(server);

            assertThat(written.healthy()).isTrue();
            assertThat(written.outcomes()).containsOnly(new Outcome.Stored());
            assertThat(inserts(server)).hasSize(1);
        }
    }
}
