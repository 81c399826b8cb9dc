package io.floodmark.ingest.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.metrics.IngestMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PipelineTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ScriptedSink sink = new ScriptedSink();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Pipeline pipeline =
            Pipeline.start(
                    sink,
                    new PipelineSettings(
                            2,
                            BatchRule.forPostgres(),
                            new BreakerSettings(
                                    Duration.ofSeconds(60),
                                    3,
                                    50,
                                    Duration.ofSeconds(60),
                                    Duration.ofMillis(50))),
                    new IngestMetrics(registry),
                    System::nanoTime);

    @AfterEach
    void drain() throws InterruptedException {
        pipeline.drain(LONG);
    }

    private List<Outcome> send(List<WireEvent> events) throws InterruptedException {
        return pipeline.submit("t", events, false, () -> {}).await(LONG);
    }

    @Test
    void every_event_gets_the_outcome_that_the_sink_gave_it() throws Exception {
        assertThat(send(Events.many("a", 100))).hasSize(100).containsOnly(new Outcome.Stored());
        assertThat(sink.stored).hasSize(100);
        assertThat(pipeline.open()).isZero();
    }

    @Test
    void a_sink_that_fails_is_left_alone_and_tried_again() throws Exception {
        sink.script = batch -> ScriptedSink.written(batch, new Outcome.NotTaken("down"), false);
        while (!pipeline.isShut()) {
            send(Events.many("a", 1));
        }
        sink.script = sink::store;
        long end = System.nanoTime() + LONG.toNanos();
        Outcome last = new Outcome.NotTaken("");
        while (!last.equals(new Outcome.Stored()) && System.nanoTime() < end) {
            last = send(Events.many("b", 1)).getFirst();
        }

        assertThat(last).isEqualTo(new Outcome.Stored());
        assertThat(registry.get("ingest.breaker.transitions").tag("to", "open").counter().count())
                .isGreaterThanOrEqualTo(1);
    }

    @Test
    void a_batch_that_failed_is_enough_by_default_where_no_other_went_well() throws Exception {
        sink.script = batch -> ScriptedSink.written(batch, new Outcome.Unknown("down"), false);
        Pipeline usual =
                Pipeline.start(
                        sink,
                        PipelineSettings.defaults(),
                        new IngestMetrics(new SimpleMeterRegistry()),
                        System::nanoTime);
        try {
            usual.submit("", Events.many("a", 1), false, () -> {}).await(LONG);

            assertThat(usual.isShut()).isTrue();
        } finally {
            usual.drain(LONG);
        }
    }

    @Test
    void bad_events_never_open_the_breaker() throws Exception {
        Outcome poison =
                new Outcome.Rejected(new Rejection(Rejection.Code.POISON, "", 0, "refused"));
        sink.script = batch -> ScriptedSink.written(batch, poison, true);

        for (int i = 0; i < 50; i++) {
            assertThat(send(Events.many("a", 1))).containsExactly(poison);
        }

        assertThat(pipeline.isShut()).isFalse();
    }

    @Test
    void an_error_in_the_writer_leaves_unknown_outcomes_and_a_living_writer() throws Exception {
        sink.script =
                _ -> {
                    throw new IllegalStateException("a bug");
                };
        assertThat(send(Events.many("a", 1)).getFirst()).isInstanceOf(Outcome.Unknown.class);
        sink.script = sink::store;

        assertThat(send(Events.many("b", 1))).containsExactly(new Outcome.Stored());
    }

    @Test
    void the_drain_writes_what_waits_and_takes_nothing_more() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        sink.script =
                batch -> {
                    try {
                        if (!go.await(20, TimeUnit.SECONDS)) {
                            throw new IllegalStateException("waited in vain");
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return sink.store(batch);
                };
        List<Submission> sent =
                java.util.stream.IntStream.range(0, 20)
                        .mapToObj(i ->
                                pipeline.submit(
                                        "t", Events.many("a" + i + "-", 10), false, () -> {}))
                        .toList();
        Thread release = Thread.ofVirtual().start(go::countDown);

        assertThat(pipeline.drain(LONG)).isTrue();

        release.join();
        assertThat(sink.stored).hasSize(200);
        for (Submission submission : sent) {
            assertThat(submission.await(Duration.ZERO)).containsOnly(new Outcome.Stored());
        }
        assertThatThrownBy(() -> send(Events.many("late", 1))).isInstanceOf(Overloaded.class);
    }

    @Test
    void what_was_acknowledged_early_and_not_stored_is_counted_as_lost() throws Exception {
        sink.script = batch -> ScriptedSink.written(batch, new Outcome.NotTaken("down"), false);
        pipeline.submit("t", Events.many("a", 3), true, () -> {}).await(LONG);

        assertThat(pipeline.lost()).isEqualTo(3);
    }
}
