package io.floodmark.store.tck.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.AppendResult;
import io.floodmark.store.Event;
import io.floodmark.store.EventStream;
import io.floodmark.store.Json;
import io.floodmark.store.Position;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.tck.history.HistoryWorkload.Conditions;
import io.floodmark.store.tck.history.HistoryWorkload.Limits;
import io.floodmark.store.tck.history.HistoryWorkload.Mix;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HistoryCheckerTest {

    private static final Limits SHORT_ROUNDS =
            new Limits(Duration.ofSeconds(10), 500, Duration.ofMinutes(1));

    private static HistoryWorkload workload() {
        return HistoryWorkload.withFreshSeed()
                .workers(4)
                .attempts(3_000)
                .boundaries(5, 0.5)
                .limits(SHORT_ROUNDS);
    }

    @Nested
    class A_right_store {

        @ParameterizedTest
        @EnumSource(Conditions.class)
        void is_not_accused(Conditions conditions) throws Exception {
            HistoryReport report =
                    HistoryRunner.run(
                            workload().forms(conditions, Mix.everything()),
                            new BreakableStore(Fault.NONE));

            assertThat(report.counts()).as(report.toString()).isEmpty();
            assertThat(report.isClean()).isTrue();
            assertThat(report.totals().attempts()).isEqualTo(3_000);
            assertThat(report.totals().accepted()).isPositive();
            assertThat(report.totals().conflicts()).isPositive();
            assertThat(report.totals().reads()).isPositive();
            assertThat(report.totals().replays()).isPositive();
            assertThat(report.totals().events()).isGreaterThan(report.totals().accepted());
        }

        @ParameterizedTest
        @EnumSource(
                value = Fault.class,
                names = {"OUTCOMES_STAY_UNKNOWN", "UNKNOWN_APPENDS_LAND_LATER"})
        void may_leave_outcomes_unknown(Fault fault) throws Exception {
            HistoryReport report = HistoryRunner.run(workload(), new BreakableStore(fault));

            assertThat(report.counts()).as(report.toString()).isEmpty();
            assertThat(report.totals().unknown()).isPositive();
        }

        @Test
        void may_hold_events_of_earlier_runs_with_the_same_seed() throws Exception {
            var store = new BreakableStore(Fault.NONE);
            HistoryReport first = HistoryRunner.run(workload(), store);
            HistoryReport second =
                    HistoryRunner.run(
                            HistoryWorkload.of(first.seed()).attempts(1_000).limits(SHORT_ROUNDS),
                            store);

            assertThat(second.counts()).as(second.toString()).isEmpty();
        }

        @Test
        void may_settle_what_was_unknown_when_the_last_round_had_ended() throws Exception {
            var store = new BreakableStore(Fault.UNKNOWN_APPENDS_LAND_LATER);
            HistoryReport report =
                    HistoryRunner.run(
                            workload(),
                            List.of(store),
                            _ -> {
                                store.landAll();
                                return false;
                            });

            assertThat(report.counts()).as(report.toString()).isEmpty();
            assertThat(report.totals().attempts()).isEqualTo(500);
            assertThat(report.totals().conditional()).isBetween(400L, 499L);
            assertThat(report.totals().events()).isEqualTo(store.head().value());
        }

        @Test
        void may_be_driven_through_several_instances() throws Exception {
            var store = new BreakableStore(Fault.NONE);
            HistoryReport report =
                    HistoryRunner.run(workload(), List.<HistoryTarget>of(store, store, store));

            assertThat(report.counts()).as(report.toString()).isEmpty();
        }
    }

    @Nested
    class A_wrong_store {

        @ParameterizedTest
        @EnumSource(
                mode = EnumSource.Mode.EXCLUDE,
                names = {"NONE", "OUTCOMES_STAY_UNKNOWN", "UNKNOWN_APPENDS_LAND_LATER"})
        void is_caught_with_evidence_and_seed(Fault fault) throws Exception {
            HistoryReport report = HistoryRunner.run(workload(), new BreakableStore(fault));

            Anomaly expected = fault.anomaly().orElseThrow();
            assertThat(report.count(expected)).as(report.toString()).isPositive();
            assertThat(report.examples())
                    .filteredOn(violation -> violation.anomaly() == expected)
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(Findings.EXAMPLES_MAX)
                    .allSatisfy(violation -> assertThat(violation.evidence()).isNotBlank());
            assertThat(report.toString())
                    .contains(expected.name())
                    .contains("repeat with seed " + report.seed());
        }
    }

    @Test
    void what_lands_against_its_condition_after_the_last_round_is_caught() throws Exception {
        var store = new BreakableStore(Fault.UNKNOWN_APPENDS_IGNORE_CONDITION);
        HistoryReport report =
                HistoryRunner.run(
                        workload().attempts(500),
                        List.of(store),
                        _ -> {
                            store.landAll();
                            return true;
                        });

        assertThat(report.count(Anomaly.DOUBLE_WINNER)).as(report.toString()).isPositive();
    }

    @Test
    void the_same_seed_draws_the_same_workload() throws Exception {
        List<String> first = plans(7);

        assertThat(plans(7)).isEqualTo(first);
        assertThat(plans(8)).isNotEqualTo(first);
    }

    /// One worker, so that timing has no say.
    private static List<String> plans(long seed) throws Exception {
        var store = new BreakableStore(Fault.NONE);
        HistoryReport report =
                HistoryRunner.run(
                        HistoryWorkload.of(seed).workers(1).attempts(200).boundaries(50, 0.1),
                        store);
        assertThat(report.isClean()).as(report.toString()).isTrue();
        return store
                .read(ReadRequest.of(io.floodmark.store.Query.all()), Duration.ofSeconds(1))
                .toList(1_000)
                .stream()
                .map(it ->
                        it.position()
                                + it.event().type().replaceAll("-[0-9a-z]+$", "")
                                + it.event().tags().toString().replaceAll("-[0-9a-z]+", ""))
                .toList();
    }

    @Test
    void a_store_that_hangs_ends_the_run_with_an_error() {
        var never = new CountDownLatch(1);
        HistoryTarget hanging =
                new HistoryTarget() {
                    @Override
                    public AppendResult append(
                            List<Event> events, AppendCondition condition, Duration timeout) {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return new AppendResult.NothingToAppend();
                    }

                    @Override
                    public EventStream read(ReadRequest request, Duration timeout) {
                        throw new io.floodmark.store.StoreUnavailable("hangs");
                    }

                    @Override
                    public Position head() {
                        return Position.START;
                    }
                };
        var impatient = new Limits(Duration.ofSeconds(1), 100, Duration.ofMillis(200));

        assertThatThrownBy(() -> HistoryRunner.run(workload().limits(impatient), hanging))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not end within PT0.2S")
                .hasMessageContaining("seed");
    }

    @Test
    void event_ids_name_their_attempt_and_run() {
        var ids = new EventIds(0xABCDEF);
        UUID id = ids.id((1L << 40) - 1, 1_000);

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(EventIds.attempt(id)).isEqualTo((1L << 40) - 1);
        assertThat(EventIds.place(id)).isEqualTo(1_000);
        assertThat(ids.isOfThisRun(id)).isTrue();
        assertThat(new EventIds(0xABCDEE).isOfThisRun(id)).isFalse();
        assertThat(new EventIds(0xBBCDEF).isOfThisRun(id)).isFalse();
        assertThat(ids.isOfThisRun(Event.of("other", Json.EMPTY_OBJECT).id())).isFalse();
    }
}
