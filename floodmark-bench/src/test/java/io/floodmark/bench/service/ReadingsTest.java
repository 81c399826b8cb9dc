package io.floodmark.bench.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReadingsTest {

    @Test
    void processor_time_is_read_behind_a_name_that_holds_anything() {
        ProcStat stat =
                ProcStat.parse(
                        "42 (a) b (c) S 1 42 42 0 -1 4194304 9 8 7 6 150 50 30 20 20 0 3 0 99 1");

        assertThat(stat).isEqualTo(new ProcStat(200, 50));
        assertThat(stat.seconds()).isEqualTo(2);
    }

    @Test
    void the_own_process_uses_processor_time_and_memory() throws Exception {
        long pid = ProcessHandle.current().pid();

        assertThat(ProcStat.of(pid).seconds()).isPositive();
        assertThat(ProcStat.tree(pid)).isGreaterThanOrEqualTo(ProcStat.of(pid).seconds() - 1);
        assertThat(ProcStat.resident(pid)).isGreaterThan(10 << 20);
    }

    @Test
    void resident_memory_is_told_in_units_of_a_kibibyte() {
        assertThat(ProcStat.residentOf("Name:\tx\nVmHWM:\t 9 kB\nVmRSS:\t  2048 kB\n"))
                .isEqualTo(2 << 20);
    }

    @Test
    void meters_are_summed_by_name_and_label() {
        Meters meters =
                Meters.parse(
                        """
                        # HELP memory bytes
                        memory{area="heap",id="Eden Space"} 10.0
                        memory{area="heap",id="Tenured Gen"} 2.5E1
                        memory{area="nonheap",id="Metaspace"} 100.0
                        memory_other 7.0
                        """);

        assertThat(meters.sum("memory", "area=\"heap\"")).isEqualTo(35);
        assertThat(meters.sum("memory", "")).isEqualTo(135);
        assertThat(meters.sum("memory_other", "")).isEqualTo(7);
    }

    @Test
    void a_stages_mean_is_that_of_the_requests_in_between() {
        Meters before = stage(10, 1.0);

        assertThat(stage(14, 1.2).stageMillis("parse", before)).isCloseTo(50, within());
        assertThat(before.stageMillis("parse", before)).isZero();
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-6);
    }

    private static Meters stage(int count, double sum) {
        return Meters.parse(
                "ingest_stage_seconds_count{stage=\"parse\"} %d%ningest_stage_seconds_sum{stage=\"parse\"} %s"
                        .formatted(count, sum));
    }
}
