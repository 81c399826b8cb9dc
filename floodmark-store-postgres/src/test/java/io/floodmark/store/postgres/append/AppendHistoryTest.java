package io.floodmark.store.postgres.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.store.postgres.schema.StorageSettings;
import io.floodmark.store.postgres.schema.StoreSettings;
import io.floodmark.store.tck.history.HistoryReport;
import io.floodmark.store.tck.history.HistoryRunner;
import io.floodmark.store.tck.history.HistoryWorkload;
import io.floodmark.store.tck.history.HistoryWorkload.Limits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Concurrent histories of seeded workloads, judged by the checker that finds double winners.
final class AppendHistoryTest {
    private static final long ATTEMPTS = 5_000;

    /// Long enough that a refusal is a fault of the store, not of a busy machine.
    private static final Limits PATIENT =
            new Limits(Duration.ofSeconds(60), (int) ATTEMPTS, Duration.ofMinutes(5));

    private static void clean(HistoryReport report) {
        System.out.println(report);
        assertThat(report.counts()).as(report.toString()).isEmpty();
        assertThat(report.totals().unknown()).isZero();
        assertThat(report.totals().refused()).as(report.toString()).isZero();
        assertThat(report.totals().accepted()).isPositive();
        assertThat(report.totals().conflicts()).isPositive();
    }

    private static HistoryWorkload workload() {
        return HistoryWorkload.withFreshSeed().attempts(ATTEMPTS).limits(PATIENT);
    }

    @Nested
    class One_store {
        @Test
        void answers_every_call_rightly() throws Exception {
            StoreSettings settings = Servers.freshStore(StorageSettings.defaults());
            try (OpenStore store = OpenStore.open(settings)) {
                clean(HistoryRunner.run(workload(), store));
            }
        }

        @Test
        void answers_rightly_when_its_tail_is_shorter_than_what_conditions_look_back()
                throws Exception {
            StoreSettings settings =
                    Servers.freshStore(StorageSettings.defaults().withPromotedKeys("boundary"));
            EngineLimits limits =
                    EngineLimits.of(settings.append()).with(new EngineLimits.Tail(20, 1 << 20, 10));
            try (OpenStore store =
                    OpenStore.open(Servers.connections(Servers.shared()), settings, limits)) {
                clean(HistoryRunner.run(workload(), store));
            }
        }

        @Test
        void answers_rightly_across_many_segments() throws Exception {
            StoreSettings settings =
                    Servers.freshStore(StorageSettings.defaults().withSegmentSize(100));
            try (OpenStore store = OpenStore.open(settings)) {
                clean(HistoryRunner.run(workload(), store));
            }
        }
    }

    @Nested
    class Two_stores_on_one_database {
        @Test
        void answer_every_call_rightly() throws Exception {
            StoreSettings settings = Servers.freshStore(StorageSettings.defaults());
            try (OpenStore one = OpenStore.open(settings);
                    OpenStore two = OpenStore.open(settings)) {
                clean(HistoryRunner.run(workload(), List.of(one, two)));
            }
        }

        @Test
        void answer_rightly_when_what_the_other_wrote_does_not_fit_the_tail() throws Exception {
            StoreSettings settings =
                    Servers.freshStore(StorageSettings.defaults().withSegmentSize(100));
            EngineLimits limits =
                    EngineLimits.of(settings.append()).with(new EngineLimits.Tail(16, 1 << 20, 2));
            var connections = Servers.connections(Servers.shared());
            try (OpenStore one = OpenStore.open(connections, settings, limits);
                    OpenStore two = OpenStore.open(connections, settings, limits)) {
                clean(HistoryRunner.run(workload(), List.of(one, two)));
            }
        }
    }
}
