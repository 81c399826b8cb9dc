package io.floodmark.load.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.config.Skew;
import io.floodmark.load.engine.DeadlinePassed;
import io.floodmark.load.engine.FailedOperation;
import io.floodmark.load.ingest.EventLedger.Note;
import io.floodmark.load.ingest.ScriptedService.Answer;
import io.floodmark.load.postgres.Password;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.workload.Draws;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What becomes of a request and of its events, by the answer.
final class SenderTest {

    private static final int BATCH = 4;
    private static final JsonMapper JSON = new JsonMapper();

    private final EventNames names = EventNames.of("run", 1_795_255_199_000L);
    private final EventLedger ledger = new EventLedger();
    private final Tallies tallies = new Tallies();
    private final Acks acks = new Acks();
    private int moments;

    private final Sender.Moments counting =
            new Sender.Moments() {
                @Override
                public void acquired() {
                    moments++;
                }

                @Override
                public void sent() {
                    moments++;
                }
            };

    private Sender sender(ScriptedService service, int invalidPercent, boolean gzip)
            throws Exception {
        RunConfig.Traffic traffic =
                new RunConfig.Traffic(
                        BATCH, 10, new Skew.Uniform(), invalidPercent, gzip, Duration.ofMillis(50));
        return new Sender(
                Endpoint.of(service.address(), Password.of("k-1")),
                traffic,
                new Sender.Parts(
                        SystemTime.INSTANCE,
                        new EventText(names, new Draws(42), traffic),
                        ledger,
                        tallies,
                        acks));
    }

    private void send(Sender sender, Kind kind, long operation) {
        sender.send(
                new Sender.Wish(kind, operation, SystemTime.INSTANCE.nanos() + 20_000_000_000L),
                counting);
    }

    private static Answer receipt(int status, int received, String list) {
        return new Answer(
                status,
                """
                {"success":%s,"message":"m","data":{"ack":"postgres","received":%d,"events":[%s]},"timestamp":1}
                """
                        .formatted(status == 200, received, list));
    }

    private static Answer problem(int status) {
        return new Answer(
                status, "{\"success\":false,\"message\":\"later\",\"data\":{},\"timestamp\":1}");
    }

    private Note note(long number) {
        return ledger.note(Lane.MANY, number);
    }

    @Nested
    final class Events_are {

        @Test
        void acknowledged_when_the_receipt_lists_none() throws Exception {
            try (ScriptedService service = new ScriptedService(_ -> receipt(200, BATCH, ""));
                    Sender sender = sender(service, 0, false)) {
                send(sender, Kind.BATCH, 3);

                assertThat(ledger.acknowledged()).isEqualTo(BATCH);
                assertThat(note(3 * BATCH)).isEqualTo(Note.ACKNOWLEDGED);
                assertThat(note(4 * BATCH)).isEqualTo(Note.NONE);
                assertThat(acks.words()).isEqualTo("postgres");
                assertThat(moments).isEqualTo(2);
                assertThat(tallies.counts())
                        .containsEntry("events_sent", 4L)
                        .containsEntry("events_acknowledged", 4L);
            }
        }

        @Test
        void what_the_receipt_says_of_each() throws Exception {
            String list =
                    """
                    {"index":1,"outcome":"rejected","code":"poison"},{"index":2,"outcome":"not_taken"},
                    {"index":3,"outcome":"unknown","retry":true}
                    """;
            try (ScriptedService service = new ScriptedService(_ -> receipt(503, BATCH, list));
                    Sender sender = sender(service, 0, false)) {
                assertThatThrownBy(() -> send(sender, Kind.BATCH, 0))
                        .isInstanceOfSatisfying(
                                FailedOperation.class,
                                e -> assertThat(e.kind()).isEqualTo("503 overloaded"));
                assertThat(note(0)).isEqualTo(Note.ACKNOWLEDGED);
                assertThat(note(1)).isEqualTo(Note.REJECTED);
                assertThat(note(2)).isEqualTo(Note.NOT_TAKEN);
                assertThat(note(3)).isEqualTo(Note.UNKNOWN);
                assertThat(tallies.rejectedAlthoughValid()).isEqualTo(1);
                assertThat(tallies.counts()).containsEntry("answers_503", 1L);
            }
        }

        @Test
        void not_taken_when_the_quota_is_used_up() throws Exception {
            try (ScriptedService service = new ScriptedService(_ -> problem(429));
                    Sender sender = sender(service, 0, false)) {
                assertThatThrownBy(() -> send(sender, Kind.NDJSON, 0))
                        .isInstanceOfSatisfying(
                                FailedOperation.class,
                                e -> assertThat(e.kind()).isEqualTo("429 over quota"));
                assertThat(note(0)).isEqualTo(Note.NOT_TAKEN);
                assertThat(tallies.counts()).containsEntry("answers_429", 1L);
            }
        }

        @Test
        void unknown_when_the_connection_breaks() throws Exception {
            try (ScriptedService service =
                            new ScriptedService(_ -> {
                                throw new IllegalStateException("as if it were killed");
                            });
                    Sender sender = sender(service, 0, false)) {
                assertThatThrownBy(() -> send(sender, Kind.BATCH, 0))
                        .isInstanceOf(FailedOperation.class);
                assertThat(note(0)).isEqualTo(Note.UNKNOWN);
                assertThat(tallies.counts())
                        .containsEntry("events_unknown", 4L)
                        .containsEntry("events_sent", 4L);
            }
        }

        @Test
        void unknown_and_the_operation_too_late_when_it_is_cancelled() throws Exception {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(1);
            try (ScriptedService service =
                            new ScriptedService(_ -> {
                                asked.countDown();
                                over.await(20, TimeUnit.SECONDS);
                                return receipt(200, BATCH, "");
                            });
                    Sender sender = sender(service, 0, false)) {
                Thread cancel =
                        Thread.ofVirtual()
                                .start(() -> {
                                    try {
                                        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
                                        sender.cancel();
                                    } catch (InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                });
                assertThatThrownBy(() -> send(sender, Kind.BATCH, 0))
                        .isInstanceOf(DeadlinePassed.class);
                cancel.join();
                over.countDown();
                assertThat(note(0)).isEqualTo(Note.UNKNOWN);

                send(sender, Kind.BATCH, 1);
                assertThat(note(BATCH)).isEqualTo(Note.ACKNOWLEDGED);
            }
        }
    }

    @Nested
    final class Mistakes_are {

        @Test
        void expected_to_be_rejected() throws Exception {
            try (ScriptedService service =
                            new ScriptedService(_ ->
                                    receipt(422, 1, "{\"index\":0,\"outcome\":\"rejected\"}"));
                    Sender sender = sender(service, 100, false)) {
                send(sender, Kind.SINGLE, 0);

                assertThat(ledger.note(Lane.SINGLE, 0)).isEqualTo(Note.REJECTED);
                assertThat(tallies.rejectedAlthoughValid()).isZero();
            }
        }

        @Test
        void counted_when_they_are_taken() throws Exception {
            try (ScriptedService service = new ScriptedService(_ -> receipt(200, 1, ""));
                    Sender sender = sender(service, 100, false)) {
                assertThatThrownBy(() -> send(sender, Kind.SINGLE, 0))
                        .isInstanceOfSatisfying(
                                FailedOperation.class,
                                e -> assertThat(e.kind()).isEqualTo("unexpected answer"));
                assertThat(tallies.takenAlthoughInvalid()).isEqualTo(1);
            }
        }
    }

    @Nested
    final class Requests_hold {

        @Test
        void one_event_or_an_array_or_lines_each_with_its_own_id() throws Exception {
            try (ScriptedService service =
                            new ScriptedService(request ->
                                    receipt(200, request.path().endsWith("batch") ? 4 : 1, ""));
                    Sender sender = sender(service, 0, true)) {
                send(sender, Kind.SINGLE, 7);
                send(sender, Kind.BATCH, 7);
                send(sender, Kind.NDJSON, 8);
                send(sender, Kind.SLOW, 9);

                assertThat(service.requests())
                        .extracting(ScriptedService.Request::path)
                        .containsExactly(
                                "/v1/events",
                                "/v1/events/batch",
                                "/v1/events/batch",
                                "/v1/events/batch");
                assertThat(service.requests())
                        .extracting(ScriptedService.Request::authorization)
                        .containsOnly("Bearer k-1");
                JsonNode single = JSON.readTree(service.requests().get(0).body());
                assertThat(single.get("event_id").asText()).isEqualTo(names.id(Lane.SINGLE, 7));
                JsonNode array = JSON.readTree(service.requests().get(1).body());
                assertThat(array).hasSize(BATCH);
                assertThat(array.get(3).get("event_id").asText())
                        .isEqualTo(names.id(Lane.MANY, 7 * BATCH + 3));
                assertThat(service.requests().get(2).type()).isEqualTo("application/x-ndjson");
                assertThat(service.requests().get(2).body().lines()).hasSize(BATCH);
                assertThat(JSON.readTree(service.requests().get(3).body())).hasSize(BATCH);
            }
        }
    }
}
