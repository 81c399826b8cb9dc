package io.floodmark.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.flow.ScriptedSink;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class IngestServerTest {
    private static final String ONE = "/v1/events";
    private static final String MANY = "/v1/events/batch";
    private static final String A = "{\"event_id\":\"a\",\"event_type\":\"t\"}";
    private static final String B = "{\"event_id\":\"b\",\"event_type\":\"t\"}";
    private static final String BAD = "{\"event_id\":\"c\"}";
    private static final String CLOUD =
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"}";

    @Nested
    final class Taken {
        @Test
        void one_event_is_acknowledged_at_the_level_of_the_sink() throws Exception {
            try (TestServer server = TestServer.start()) {
                TestServer.Answer answer = server.post(ONE, TestServer.JSON, A);

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body().get("success").booleanValue()).isTrue();
                assertThat(answer.body().get("timestamp").isIntegralNumber()).isTrue();
                assertThat(answer.data().get("ack").textValue()).isEqualTo("postgres");
                assertThat(answer.data().at("/events/0/event_id").textValue()).isEqualTo("a");
                assertThat(answer.outcomes()).containsExactly("stored");
                assertThat(server.sink.stored).containsExactly("a");
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "application/json | [A,B]",
                    "application/json; charset=UTF-8 | {\"events\":[A,B]}",
                    "application/x-ndjson | A~B"
                })
        void batches_come_in_three_forms(String type, String form) throws Exception {
            try (TestServer server = TestServer.start()) {
                String body = form.replace("A", A).replace("B", B).replace("~", "\n");

                assertThat(server.post(MANY, type, body).outcomes())
                        .containsExactly("stored", "stored");
            }
        }

        @Test
        void cloud_events_are_taken_alone_and_in_batches() throws Exception {
            try (TestServer server = TestServer.start()) {
                assertThat(server.post(ONE, "application/cloudevents+json", CLOUD).status())
                        .isEqualTo(200);
                assertThat(
                                server.post(
                                                MANY,
                                                "application/cloudevents-batch+json",
                                                "[" + CLOUD + "]")
                                        .status())
                        .isEqualTo(200);
                assertThat(server.sink.stored).containsExactly("s#1", "s#1");
            }
        }

        @Test
        void compressed_bodies_are_taken() throws Exception {
            byte[] plain = ("[" + A + "," + B + "]").getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream gzip = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(gzip)) {
                out.write(plain);
            }
            try (TestServer server = TestServer.start()) {
                assertThat(encoded(server, gzip.toByteArray(), "gzip").status()).isEqualTo(200);
                assertThat(encoded(server, Zstd.compress(plain), "zstd").status()).isEqualTo(200);
                assertThat(encoded(server, plain, "zstd").status()).isEqualTo(400);
                assertThat(encoded(server, plain, "br").status()).isEqualTo(415);
                assertThat(server.sink.stored).hasSize(4);
            }
        }

        private static TestServer.Answer encoded(TestServer server, byte[] body, String encoding)
                throws Exception {
            return server.post(
                    MANY, body, "Content-Type", TestServer.JSON, "Content-Encoding", encoding);
        }

        @Test
        void the_same_request_under_an_idempotency_key_has_the_same_ids() throws Exception {
            try (TestServer server = TestServer.start()) {
                String body = "[{\"event_type\":\"t\"},{\"event_type\":\"t\"}]";
                List<String> first = ids(server, body);

                assertThat(first).doesNotHaveDuplicates();
                assertThat(ids(server, body)).isEqualTo(first);
            }
        }

        private static List<String> ids(TestServer server, String body) throws Exception {
            return server.post(MANY, TestServer.JSON, body, "Idempotency-Key", "k-1")
                    .data()
                    .get("events")
                    .findValuesAsText("event_id");
        }

        @Test
        void early_acknowledgements_say_that_they_are_from_memory() throws Exception {
            try (TestServer server =
                    TestServer.start(
                            new TestServer.Options(true, Duration.ofSeconds(5), 64 << 20, Set.of()),
                            ApiKeys.none())) {
                TestServer.Answer answer = server.post(ONE, TestServer.JSON, A);

                assertThat(answer.status()).isEqualTo(202);
                assertThat(answer.data().get("ack").textValue()).isEqualTo("memory");
                assertThat(answer.outcomes()).containsExactly("queued");
                assertThat(server.server.drain(Duration.ofSeconds(20)).none()).isTrue();
                assertThat(server.sink.stored).containsExactly("a");
            }
        }
    }

    @Nested
    final class Refused {
        @Test
        void early_acknowledgements_leave_out_what_was_refused() throws Exception {
            try (TestServer server =
                    TestServer.start(
                            new TestServer.Options(true, Duration.ofSeconds(5), 64 << 20, Set.of()),
                            ApiKeys.none())) {
                TestServer.Answer answer =
                        server.post(MANY, TestServer.JSON, "[" + A + "," + BAD + "]");

                assertThat(answer.status()).isEqualTo(422);
                assertThat(answer.outcomes()).containsExactly("queued", "rejected");
            }
        }

        @Test
        void a_name_that_is_half_a_surrogate_pair_can_be_told() throws Exception {
            try (TestServer server = TestServer.start()) {
                TestServer.Answer answer =
                        server.post(ONE, TestServer.JSON, "{\"event_type\":\"t\",\"\\ud800\":1}");

                assertThat(answer.status()).isEqualTo(422);
                assertThat(answer.data().at("/events/0/pointer").textValue()).isEqualTo("/?");
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "/v1/events | application/json | {\"event_type\": | 400",
                    "/v1/events | application/json | [] | 422",
                    "/v1/events | application/json | {} | 422",
                    "/v1/events | text/plain | {} | 415",
                    "/v1/events | application/json; charset=latin1 | {} | 415",
                    "/v1/events | application/x-ndjson | {} | 415",
                    "/v1/events/batch | application/json | {} | 400",
                    "/v1/events/batch | application/json | [{}, | 400",
                    "/v1/events/batch | application/x-ndjson | { | 400",
                    "/v1/nothing | application/json | {} | 404"
                })
        void a_request_that_cannot_be_taken_says_why(
                String path, String type, String body, int status) throws Exception {
            try (TestServer server = TestServer.start()) {
                TestServer.Answer answer = server.post(path, type, body);

                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.body().get("success").booleanValue()).isFalse();
                assertThat(answer.body().get("message").textValue()).isNotBlank();
                assertThat(server.sink.stored).isEmpty();
            }
        }

        @Test
        void good_events_beside_bad_ones_are_stored_and_the_answer_is_no_success()
                throws Exception {
            try (TestServer server = TestServer.start()) {
                TestServer.Answer answer =
                        server.post(MANY, TestServer.JSON, "[" + A + "," + BAD + "," + B + "]");

                assertThat(answer.status()).isEqualTo(422);
                assertThat(answer.outcomes()).containsExactly("stored", "rejected", "stored");
                assertThat(answer.data().at("/events/1/pointer").textValue())
                        .isEqualTo("/event_type");
                assertThat(answer.data().at("/events/1/retry").booleanValue()).isFalse();
                assertThat(server.sink.stored).containsExactly("a", "b");
            }
        }

        @Test
        void minimal_answers_list_only_what_was_not_taken() throws Exception {
            try (TestServer server = TestServer.start()) {
                TestServer.Answer answer =
                        server.post(
                                MANY,
                                TestServer.JSON,
                                "[" + A + "," + BAD + "]",
                                "Prefer",
                                "return=minimal");

                assertThat(answer.outcomes()).containsExactly("rejected");
                assertThat(answer.data().get("stored").intValue()).isEqualTo(1);
            }
        }

        @Test
        void an_event_and_a_body_beyond_their_limit_are_too_large() throws Exception {
            try (TestServer server = TestServer.start()) {
                String event =
                        "{\"event_type\":\"t\",\"properties\":{%s\"z\":1}}".formatted(members(12));
                assertThat(server.post(ONE, TestServer.JSON, event).status()).isEqualTo(413);
                String body = "[" + " ".repeat(1 << 20) + "]";
                assertThat(server.post(MANY, TestServer.JSON, body).status()).isEqualTo(413);
                assertThat(
                                server.send(
                                                "POST",
                                                MANY,
                                                BodyPublishers.fromPublisher(
                                                        BodyPublishers.ofString(body)),
                                                "Content-Type",
                                                TestServer.JSON)
                                        .status())
                        .isEqualTo(413);
            }
        }

        private static String members(int count) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < count; i++) {
                text.append("\"m%d\":\"%s\",".formatted(i, "x".repeat(900)));
            }
            return text.toString();
        }

        @Test
        void other_methods_are_not_taken() throws Exception {
            try (TestServer server = TestServer.start()) {
                TestServer.Answer answer = server.get(ONE);

                assertThat(answer.status()).isEqualTo(405);
                assertThat(answer.header("Allow")).isEqualTo("POST, OPTIONS");
            }
        }
    }

    @Nested
    final class Senders {
        @Test
        void only_known_keys_may_send_and_each_is_a_tenant() throws Exception {
            ApiKeys keys =
                    ApiKeys.parse(
                            List.of("# keys", ApiKeys.line("acme", "secret") + " 1 -"),
                            System.nanoTime());
            try (TestServer server = TestServer.start(TestServer.Options.plain(), keys)) {
                TestServer.Answer none = server.post(ONE, TestServer.JSON, A);
                assertThat(none.status()).isEqualTo(401);
                assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
                assertThat(server.post(ONE, TestServer.JSON, A, "X-API-Key", "Secret").status())
                        .isEqualTo(401);
                assertThat(server.post(ONE, TestServer.JSON, A, "X-API-Key", "secret").status())
                        .isEqualTo(200);
                assertThat(
                                server.post(
                                                ONE,
                                                TestServer.JSON,
                                                A,
                                                "Authorization",
                                                "bearer secret")
                                        .status())
                        .isEqualTo(200);
            }
        }

        @Test
        void a_used_up_quota_says_when_to_come_back() throws Exception {
            ApiKeys keys =
                    ApiKeys.parse(
                            List.of(ApiKeys.line("acme", "secret") + " 1"), System.nanoTime());
            try (TestServer server = TestServer.start(TestServer.Options.plain(), keys)) {
                String twenty = "[" + (A + ",").repeat(19) + A + "]";
                assertThat(
                                server.post(MANY, TestServer.JSON, twenty, "X-API-Key", "secret")
                                        .status())
                        .isEqualTo(200);
                TestServer.Answer answer =
                        server.post(ONE, TestServer.JSON, A, "X-API-Key", "secret");

                assertThat(answer.status()).isEqualTo(429);
                assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
                assertThat(answer.data().get("retry").booleanValue()).isTrue();
            }
        }

        @Test
        void pages_of_listed_origins_may_send() throws Exception {
            try (TestServer server =
                    TestServer.start(
                            new TestServer.Options(
                                    false,
                                    Duration.ofSeconds(5),
                                    64 << 20,
                                    Set.of("https://shop.example")),
                            ApiKeys.none())) {
                String allow = "Access-Control-Allow-Origin";
                TestServer.Answer good =
                        server.send(
                                "OPTIONS",
                                ONE,
                                BodyPublishers.noBody(),
                                "Origin",
                                "https://shop.example");
                assertThat(good.status()).isEqualTo(204);
                assertThat(good.header(allow)).isEqualTo("https://shop.example");
                assertThat(good.header("Access-Control-Allow-Methods")).isEqualTo("POST");
                TestServer.Answer bad =
                        server.post(ONE, TestServer.JSON, A, "Origin", "https://evil.example");
                assertThat(bad.header(allow)).isEmpty();
            }
        }
    }

    @Nested
    final class Trouble {
        @Test
        void an_unhealthy_sink_is_503_and_an_outcome_that_is_unknown_504() throws Exception {
            try (TestServer server = TestServer.start()) {
                server.sink.script =
                        batch -> ScriptedSink.written(batch, new Outcome.NotTaken("down"), true);
                TestServer.Answer down = server.post(ONE, TestServer.JSON, A);
                server.sink.script =
                        batch -> ScriptedSink.written(batch, new Outcome.Unknown("lost"), true);
                TestServer.Answer unknown = server.post(ONE, TestServer.JSON, A);

                assertThat(down.status()).isEqualTo(503);
                assertThat(down.header("Retry-After")).isEqualTo("1");
                assertThat(unknown.status()).isEqualTo(504);
                assertThat(unknown.data().at("/events/0/retry").booleanValue()).isTrue();
            }
        }

        @Test
        void beyond_the_bytes_in_flight_requests_get_503_and_the_bytes_come_back()
                throws Exception {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch reached = new CountDownLatch(1);
            try (TestServer server =
                            TestServer.start(
                                    new TestServer.Options(
                                            false, Duration.ofSeconds(20), 1 << 20, Set.of()),
                                    ApiKeys.none());
                    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                server.sink.script =
                        batch -> {
                            reached.countDown();
                            awaitOf(go);
                            return server.sink.store(batch);
                        };
                String big = A + " ".repeat(700_000);
                Future<TestServer.Answer> first =
                        executor.submit(() -> server.post(ONE, TestServer.JSON, big));
                awaitOf(reached);
                TestServer.Answer second = server.post(ONE, TestServer.JSON, big);
                go.countDown();

                assertThat(second.status()).isEqualTo(503);
                assertThat(second.data().get("code").textValue()).isEqualTo("overloaded");
                assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
                assertThat(server.post(ONE, TestServer.JSON, big).status()).isEqualTo(200);
            }
        }

        @Test
        void beyond_the_requests_worked_on_events_get_503_and_pages_are_served() throws Exception {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch reached = new CountDownLatch(1);
            try (TestServer server = TestServer.workingOn(1);
                    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                server.sink.script =
                        batch -> {
                            reached.countDown();
                            awaitOf(go);
                            return server.sink.store(batch);
                        };
                Future<TestServer.Answer> first =
                        executor.submit(() -> server.post(ONE, TestServer.JSON, A));
                awaitOf(reached);
                TestServer.Answer second = server.post(ONE, TestServer.JSON, B);
                TestServer.Answer page = server.get("/metrics");
                go.countDown();

                assertThat(second.status()).isEqualTo(503);
                assertThat(second.header("Retry-After")).isEqualTo("1");
                assertThat(second.data().get("code").textValue()).isEqualTo("overloaded");
                assertThat(page.status()).isEqualTo(200);
                assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
                assertThat(server.post(ONE, TestServer.JSON, B).status()).isEqualTo(200);
            }
        }

        private static void awaitOf(CountDownLatch latch) {
            try {
                if (!latch.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("waited in vain");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void a_body_that_breaks_off_gives_nothing_to_the_sink_and_leaves_no_bytes()
                throws Exception {
            try (TestServer server = TestServer.start()) {
                try (Socket socket =
                        new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
                    socket.getOutputStream()
                            .write(
                                    "POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"event_type\":"
                                            .getBytes(StandardCharsets.US_ASCII));
                }
                assertThat(server.post(ONE, TestServer.JSON, B).status()).isEqualTo(200);
                assertThat(server.sink.stored).containsExactly("b");
                long end = System.nanoTime() + 20_000_000_000L;
                String metrics;
                do {
                    metrics =
                            new String(
                                    server.get("/metrics").response().body(),
                                    StandardCharsets.UTF_8);
                } while (!metrics.contains("\ningest_inflight_bytes 0.0")
                        && System.nanoTime() < end);
                assertThat(metrics).contains("\ningest_inflight_bytes 0.0");
            }
        }

        @Test
        void a_draining_server_finishes_what_it_took() throws Exception {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch reached = new CountDownLatch(1);
            try (TestServer server = TestServer.start();
                    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                server.sink.script =
                        batch -> {
                            reached.countDown();
                            awaitOf(go);
                            return server.sink.store(batch);
                        };
                Future<TestServer.Answer> under =
                        executor.submit(() -> server.post(ONE, TestServer.JSON, A));
                awaitOf(reached);
                Future<IngestServer.Leftovers> drained =
                        executor.submit(() -> server.server.drain(Duration.ofSeconds(20)));
                while (server.get("/health/ready").status() != 503) {
                    Thread.onSpinWait();
                }
                assertThat(server.post(ONE, TestServer.JSON, B).status()).isEqualTo(503);
                go.countDown();

                assertThat(under.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
                assertThat(drained.get(20, TimeUnit.SECONDS).none()).isTrue();
            }
        }
    }
}
