package io.floodmark.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.floodmark.console.RunFixtures;
import io.floodmark.load.record.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static Series of(List<Interval> intervals) {
        Series series = new Series();
        intervals.forEach(series::add);
        return series;
    }

    private static double[] column(Map<String, double[]> columns, String name) {
        double[] values = columns.get(name);
        assertThat(values).as(name).isNotNull();
        return values;
    }

    @Test
    void a_short_run_keeps_every_second() {
        Series series = of(RunFixtures.intervals(60));

        assertThat(series.intervalsPerPoint()).isEqualTo(1);
        assertThat(column(series.columns(), "start")).hasSize(60).startsWith(0).endsWith(59);
    }

    @Test
    void a_long_run_merges_seconds_and_keeps_sums_and_maxima() {
        List<Interval> intervals = RunFixtures.intervals(7_205);

        Series series = of(intervals);

        Map<String, double[]> columns = series.columns();
        assertThat(series.intervalsPerPoint()).isEqualTo(8);
        assertThat(column(columns, "start").length).isBetween(600, Series.POINTS_MAX);
        assertThat(column(columns, "end")).endsWith(7_205);
        assertThat(sum(column(columns, "due"))).isEqualTo(sum(intervals, i -> i.delta().due()));
        assertThat(sum(column(columns, "done"))).isEqualTo(sum(intervals, i -> i.delta().done()));
        assertThat(sum(column(columns, "disturbed"))).isEqualTo(12);
        assertThat(Arrays.stream(column(columns, "pauseMax")).max()).hasValue(11.8);
        assertThat(Arrays.stream(column(columns, "responseMax")).max().orElseThrow())
                .isEqualTo(
                        intervals.stream()
                                .mapToDouble(i -> i.total().response().max().millis())
                                .map(v -> Math.rint(v * 1_000) / 1_000)
                                .max()
                                .orElseThrow());
    }

    @Test
    void merged_points_cover_the_run_without_gap() {
        Map<String, double[]> columns = of(RunFixtures.intervals(2_401)).columns();

        double[] starts = column(columns, "start");
        double[] ends = column(columns, "end");

        assertThat(Arrays.copyOfRange(starts, 1, starts.length))
                .isEqualTo(Arrays.copyOf(ends, ends.length - 1));
    }

    @Test
    void a_level_that_nobody_reported_is_left_out() {
        Interval second = RunFixtures.intervals(1).getFirst();
        Interval silent =
                new Interval(
                        second.startSeconds(),
                        second.endSeconds(),
                        second.delta(),
                        second.account(),
                        true,
                        0,
                        second.total(),
                        List.of(),
                        second.queueWait(),
                        second.poolWait(),
                        second.generatorLag(),
                        0,
                        0,
                        OptionalDouble.empty(),
                        new java.util.TreeMap<>());

        assertThat(of(List.of(silent)).columns())
                .containsKeys("due", "responseP99")
                .doesNotContainKeys("poolOpen", "serverFree", "cpu");
    }

    private static long sum(double[] values) {
        return (long) Arrays.stream(values).sum();
    }

    private static long sum(List<Interval> intervals, ToLongFunction<Interval> value) {
        return intervals.stream().mapToLong(value).sum();
    }
}
