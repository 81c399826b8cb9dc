package io.floodmark.load.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.floodmark.load.record.Account;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.RunResult;
import io.floodmark.load.record.ThresholdResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ThresholdTest {

    private static final RunResult RUN =
            Results.of(Results.ACCOUNT, 10, Results.latency(10, false));
    private static final RunResult CENSORED =
            Results.of(Results.ACCOUNT, 10, Results.latency(203, true));
    private static final RunResult EMPTY = Results.of(Account.EMPTY, 0, Latency.NONE);

    private static ThresholdResult judge(RunResult run, String expression) {
        return Threshold.parse(expression).evaluate(run);
    }

    @ParameterizedTest
    @CsvSource({
        "response:p50<10.001, 10 ms, true",
        "response:p50<10, 10 ms, false",
        "response:med<=10ms, 10 ms, true",
        "response:p90<20ms, 20 ms, false",
        "response:p90<=20ms, 20 ms, true",
        "response:p95==30ms, 30 ms, true",
        "response:p99<50ms, 40 ms, true",
        "response:p(99)<50, 40 ms, true",
        "response:p99.9<=0.05s, 50 ms, true",
        "response:p(99.9)<49999us, 50 ms, false",
        "response:max>=60ms, 60 ms, true",
        "response:max>60ms, 60 ms, false",
        "response:avg<5.1ms, 5 ms, true",
        "service:p99<20.5ms, 20 ms, true",
        "wait:p99<8ms, 8 ms, false",
        "lag:p50<=250us, 0.25 ms, true",
        "lag:p50<=250µs, 0.25 ms, true",
        "response{insert}:p99<5ms, 4 ms, true",
        "service{insert}:p99<5ms, 20 ms, false",
        "' response { insert } : p99 < 5 ms ', 4 ms, true",
        "failed:rate<=2%, '2 % (20 of 1,000 due)', true",
        "failed:rate<0.02, '2 % (20 of 1,000 due)', false",
        "failed:count<21, 20, true",
        "conflicted:rate<0.5%, '0.5 % (5 of 1,000 due)', false",
        "timed_out:rate==1%, '1 % (10 of 1,000 due)', true",
        "timed_out:count>10, 10, false",
        "skipped:count==12, 12, true",
        "rejected:rate<1%, '0.8 % (8 of 1,000 due)', true",
        "done:rate>99%, '94.5 % (945 of 1,000 due)', false",
        "done:rate>=0.945, '94.5 % (945 of 1,000 due)', true",
        "throughput:rate>94.4/s, 94.5/s, true",
        "throughput:rate>=5670/m, 94.5/s, true",
        "throughput:rate>94.5, 94.5/s, false",
    })
    void a_threshold_is_judged(String expression, String observed, boolean passed) {
        assertThat(judge(RUN, expression))
                .isEqualTo(new ThresholdResult(expression.strip(), observed, passed));
    }

    @ParameterizedTest
    @CsvSource({
        "response:p99<10s, ≥ 812 ms",
        "response:p99<=10s, ≥ 812 ms",
        "response:p99==812ms, ≥ 812 ms",
        "response:max<10s, ≥ 1218 ms",
        "response:avg<10s, ≥ 101.5 ms",
        "response:p99>812ms, ≥ 812 ms",
    })
    void a_lower_bound_passes_no_upper_limit(String expression, String observed) {
        assertThat(judge(CENSORED, expression))
                .isEqualTo(new ThresholdResult(expression, observed, false));
    }

    @Test
    void a_lower_bound_passes_a_lower_limit_that_it_reaches() {
        assertThat(judge(CENSORED, "response:p99>=812ms").passed()).isTrue();
        assertThat(judge(CENSORED, "response:p99>811ms").passed()).isTrue();
        assertThat(judge(CENSORED, "response:p90<500ms").passed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "response:p99<50ms, no operations",
        "response:p99>=0, no operations",
        "failed:rate<1%, no operations were due",
        "done:rate>=0, no operations were due",
        "throughput:rate>=0, the run took no time",
    })
    void nothing_measured_passes_nothing(String expression, String observed) {
        assertThat(judge(EMPTY, expression))
                .isEqualTo(new ThresholdResult(expression, observed, false));
    }

    @ParameterizedTest
    @CsvSource({"read", "no_such_kind"})
    void a_kind_without_operations_passes_nothing(String kind) {
        String expression = "response{" + kind + "}:p99<50ms";

        assertThat(judge(RUN, expression))
                .isEqualTo(new ThresholdResult(expression, "no operations of kind " + kind, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1 | a metric, one of response, service, wait, lag, failed, conflicted,"
                        + " timed_out, rejected, skipped, done or throughput",
                "respons:p99<50ms | 1 | a metric, one of",
                "response | 9 | \":\" and an aggregation",
                "response:p42<50ms | 10 | p50, p90, p95, p99, p99.9, med, avg or max",
                "response:<50ms | 10 | p50",
                "response:rate<1% | 10 | p50",
                "response:p99 | 13 | one of < <= > >= ==",
                "response:p99=50ms | 13 | one of < <= > >= ==",
                "response:p99< | 14 | a limit such as 50ms",
                "response:p99<-1ms | 14 | a limit such as 50ms",
                "response:p99<50min | 16 | the unit us, ms or s",
                "response:p99<50% | 16 | the unit us, ms or s",
                "response:p99<50ms! | 18 | the end",
                "response{}:p99<50ms | 10 | a kind such as insert",
                "response{insert:p99<50ms | 16 | \"}\" after the kind",
                "lag{insert}:p99<1ms | 4 | \":\", because lag is not kept by kind",
                "failed{insert}:count<1 | 7 | \":\" and an aggregation",
                "failed:p99<1 | 8 | rate or count",
                "failed:rate<1ms | 14 | \"%\" or no unit",
                "failed:rate<101% | 13 | a share of at most 100% (or 1)",
                "failed:rate<1.1 | 13 | a share of at most 100% (or 1)",
                "failed:count<1% | 15 | no unit after a count",
                "failed:count<1.5 | 14 | a whole number",
                "throughput:count>1 | 12 | rate",
                "throughput:rate>1/d | 18 | the unit /s, /m or /h",
            })
    void a_mistake_is_located_with_what_was_expected_and_an_example(
            String expression, int position, String expected) {
        ThresholdSyntaxException problem =
                catchThrowableOfType(
                        ThresholdSyntaxException.class, () -> Threshold.parse(expression));

        assertThat(problem.position()).isEqualTo(position);
        assertThat(problem)
                .hasMessageStartingWith(
                        "threshold \""
                                + expression
                                + "\" breaks at position "
                                + position
                                + ": expected "
                                + expected)
                .hasMessageEndingWith("; for example response:p99<50ms");
    }
}
