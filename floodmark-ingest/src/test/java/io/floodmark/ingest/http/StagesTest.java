package io.floodmark.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.flow.ScriptedSink;
import io.floodmark.store.TimeAndChance;
import io.micrometer.core.instrument.Timer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Where the time of a request goes, by a clock that moves on whenever somebody reads it: a moment
/// that belongs to no stage, or to two, shows in the sums.
@Timeout(60)
final class StagesTest {
    private static final String ONE = "/v1/events";
    private static final String GOOD = "{\"event_id\":\"a\",\"event_type\":\"t\"}";
    private static final List<String> PARTS =
            List.of("admission", "read", "parse", "wait", "answer");
    private static final long TICK = 1_000;

    private final AtomicLong ticks = new AtomicLong();
    private final TestServer server =
            TestServer.start(
                    new TimeAndChance(
                            Clock.systemUTC(),
                            () -> ticks.addAndGet(TICK),
                            TimeAndChance.system().randomBits()));

    @AfterEach
    void stop() {
        server.close();
    }

    private Timer stage(String name) {
        return server.registry.get("ingest.stage").tag("stage", name).timer();
    }

    private long nanos(String... stages) {
        return Stream.of(stages)
                .mapToLong(name -> (long) stage(name).totalTime(TimeUnit.NANOSECONDS))
                .sum();
    }

    /// A request is told of after its answer has gone.
    private void awaitRequests(long count) {
        while (stage("request").count() < count) {
            assertThat(Thread.interrupted()).as("told of within the test's time").isFalse();
            Thread.onSpinWait();
        }
    }

    private List<String> reached() {
        return PARTS.stream().filter(name -> stage(name).count() > 0).toList();
    }

    private void assertThatPartsAddUp() {
        assertThat(nanos(PARTS.toArray(String[]::new)))
                .isEqualTo(nanos("request"))
                .isGreaterThanOrEqualTo(TICK * reached().size());
    }

    @Test
    void a_stored_request_is_the_sum_of_all_five() throws Exception {
        assertThat(server.post(ONE, TestServer.JSON, GOOD).status()).isEqualTo(200);
        awaitRequests(1);

        assertThat(PARTS).allMatch(name -> stage(name).count() == 1);
        assertThatPartsAddUp();
    }

    @Test
    void queue_and_sink_lie_within_the_wait_of_a_request_alone() throws Exception {
        assertThat(server.post(ONE, TestServer.JSON, GOOD).status()).isEqualTo(200);
        awaitRequests(1);

        assertThat(nanos("queue", "sink")).isPositive().isLessThanOrEqualTo(nanos("wait"));
    }

    @Test
    void a_request_that_is_refused_has_the_stages_that_it_reached() throws Exception {
        assertThat(server.post(ONE, "text/plain", GOOD).status()).isEqualTo(415);
        awaitRequests(1);
        assertThat(reached()).containsExactly("admission", "answer");
        assertThatPartsAddUp();

        assertThat(server.post(ONE, TestServer.JSON, " ".repeat(2 << 20)).status()).isEqualTo(413);
        awaitRequests(2);
        assertThat(reached()).containsExactly("admission", "read", "answer");
        assertThatPartsAddUp();

        assertThat(server.post(ONE, TestServer.JSON, "{").status()).isEqualTo(400);
        awaitRequests(3);
        assertThat(reached()).containsExactly("admission", "read", "parse", "answer");
        assertThatPartsAddUp();
    }

    @Test
    void a_request_with_bad_events_and_one_whose_sink_is_away_add_up() throws Exception {
        assertThat(server.post(ONE, TestServer.JSON, "{}").status()).isEqualTo(422);
        awaitRequests(1);
        assertThatPartsAddUp();

        server.sink.script =
                batch -> ScriptedSink.written(batch, new Outcome.NotTaken("down"), true);
        assertThat(server.post(ONE, TestServer.JSON, GOOD).status()).isEqualTo(503);
        awaitRequests(2);
        assertThatPartsAddUp();
    }

    @Test
    void a_request_that_breaks_off_adds_up() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            socket.getOutputStream()
                    .write(
                            "POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"event_type\":"
                                    .getBytes(StandardCharsets.US_ASCII));
        }
        awaitRequests(1);

        assertThat(stage("wait").count()).isZero();
        assertThatPartsAddUp();
    }
}
