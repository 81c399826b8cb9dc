package io.floodmark.load.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.load.arrival.ArrivalNotation;
import io.floodmark.load.engine.Engine;
import io.floodmark.load.engine.EngineResult;
import io.floodmark.load.engine.LoadPlan;
import io.floodmark.load.engine.OperationShare;
import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Password;
import io.floodmark.load.preflight.OwnObject;
import io.floodmark.load.record.WriteCheck;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.workload.ServiceStarter;
import io.floodmark.load.workload.WorkloadContext;
import io.floodmark.store.Consistency;
import io.floodmark.store.EventStore;
import io.floodmark.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The whole workload under the real engine, on a store that it cannot tell from another.
final class EventsWorkloadTest {

    private static final Duration LENGTH = Duration.ofSeconds(1);

    private final RunControl control = new RunControl();
    private final List<String> told = new ArrayList<>();

    private record MemoryHome(EventStore store) implements StoreHome {

        @Override
        public OwnObject own() {
            return new OwnObject.Schema("memory");
        }

        @Override
        public int connectionsMax() {
            return 1;
        }

        @Override
        public EventStore open(Consumer<String> progress) {
            return store;
        }

        @Override
        public SortedMap<String, Long> gauges() {
            return Collections.emptySortedMap();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private EventsWorkload workload(EventStore store, String... flags) throws Exception {
        WorkloadContext context =
                new WorkloadContext(
                        Library.config(flags),
                        Optional.of(
                                ConnectionTarget.of("localhost", 1, "d", "u", Password.of("p"))),
                        Optional.empty(),
                        "20260102-030405-4242",
                        SystemTime.INSTANCE,
                        control,
                        ServiceStarter.none());
        EventsWorkload workload = new EventsWorkload(context, new MemoryHome(store));
        workload.prepare(told::add);
        return workload;
    }

    private EngineResult run(EventsWorkload workload, double rate, Duration deadline) {
        LoadPlan plan =
                new LoadPlan(
                        ArrivalNotation.parse("constant", rate, LENGTH),
                        LENGTH,
                        8,
                        1_000,
                        QueuePolicy.WAIT,
                        Optional.of(deadline),
                        42);
        return new Engine(SystemTime.INSTANCE, plan, workload, control).run((_, _) -> {});
    }

    @Test
    void everything_acknowledged_is_found_and_every_rule_kept_under_contention() throws Exception {
        try (EventsWorkload workload =
                workload(
                        new InMemoryEventStore(),
                        "books",
                        "40",
                        "readers",
                        "5",
                        "contended",
                        "50",
                        "loan-limit",
                        "3")) {
            EngineResult result = run(workload, 2_000, Duration.ofSeconds(10));
            WriteCheck check = workload.check(told::add).orElseThrow();

            assertThat(result.account().residual()).isZero();
            assertThat(result.booksClosed()).isTrue();
            assertThat(result.account().failed()).as("%s", result.failures()).isZero();
            assertThat(result.account().done()).isGreaterThan(1_500);
            assertThat(check.acknowledged()).isGreaterThan(500);
            assertThat(check.found()).isEqualTo(check.acknowledged());
            assertThat(check.lossFree()).as("%s", check).isTrue();
            assertThat(workload.counts())
                    .containsEntry("events_appended", check.acknowledged())
                    .hasEntrySatisfying("decisions_refused", n -> assertThat(n).isPositive());
            assertThat(workload.gauges().get("bytes_written")).isPositive();
        }
        assertThat(told).anyMatch(sentence -> sentence.startsWith("opened a library of 40 books"));
    }

    @Test
    void refusals_are_rare_among_operations_that_do_not_meet() throws Exception {
        try (EventsWorkload workload = workload(new InMemoryEventStore(), "contended", "0")) {
            EngineResult result = run(workload, 1_000, Duration.ofSeconds(10));

            assertThat(result.account().conflicted()).isZero();
            assertThat(workload.counts().get("events_appended"))
                    .isGreaterThan(result.account().done() * 3 / 4);
        }
    }

    @Test
    void rehearsal_is_history_that_no_account_counts() throws Exception {
        InMemoryEventStore store = new InMemoryEventStore();
        try (EventsWorkload workload = workload(store, "books", "100", "readers", "30")) {
            long before = store.head(Consistency.strong()).value();
            run(workload, 500, Duration.ofSeconds(10));
            WriteCheck check = workload.check(told::add).orElseThrow();

            assertThat(before).as("seeding and rehearsal").isGreaterThan(180 + 500);
            assertThat(check.lossFree()).as("%s", check).isTrue();
            assertThat(before + check.acknowledged())
                    .isEqualTo(store.head(Consistency.strong()).value());
            assertThat(workload.counts()).containsEntry("events_appended", check.acknowledged());
        }
    }

    @Test
    void kinds_have_the_shares_of_the_mix() throws Exception {
        try (EventsWorkload workload =
                workload(new InMemoryEventStore(), "mix", "read=75,lend=25")) {
            assertThat(workload.operations())
                    .containsExactly(
                            new OperationShare("lend", 25), new OperationShare("read", 75));
        }
    }

    @Test
    void reading_alone_needs_no_check() throws Exception {
        try (EventsWorkload workload = workload(new InMemoryEventStore(), "mix", "read=100")) {
            run(workload, 100, Duration.ofSeconds(10));

            assertThat(workload.check(told::add)).isEmpty();
        }
    }

    @Test
    void worker_whose_store_hangs_comes_free_at_the_deadline() throws Exception {
        Semaphore never = new Semaphore(0);
        InMemoryEventStore memory = new InMemoryEventStore();
        AtomicBoolean hanging = new AtomicBoolean();
        DoctoredStore.Doctor hangs =
                (_, appending) -> {
                    if (!hanging.get()) {
                        return appending.run();
                    }
                    try {
                        never.acquire();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new io.floodmark.store.OperationCancelled("interrupted", e);
                    }
                    return appending.run();
                };
        try (EventsWorkload workload =
                workload(new DoctoredStore(memory, hangs), "mix", "lend=100", "contended", "0")) {
            hanging.set(true);
            EngineResult result = run(workload, 100, Duration.ofMillis(200));

            assertThat(result.account().done())
                    .as("only what needs no append")
                    .isEqualTo(workload.counts().get("decisions_refused"));
            assertThat(result.account().failed()).isZero();
            assertThat(result.timeouts().inService()).isPositive();
            assertThat(result.account().inFlight()).isZero();
            assertThat(workload.check(told::add)).isEmpty();
        }
    }
}
