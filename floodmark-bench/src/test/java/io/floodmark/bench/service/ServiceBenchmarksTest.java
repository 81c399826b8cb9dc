package io.floodmark.bench.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.bench.harness.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceBenchmarksTest {
    private static final int TARGET_MISSED = 3;

    @TempDir private Path folder;

    @Test
    void latency_is_measured_and_broken_down_before_a_real_postgresql() throws Exception {
        CommandRun run =
                CommandRun.of(
                        new IngestLatency(),
                        "--json",
                        "--runs=1",
                        "--seconds=1",
                        "--warm-up=0.1",
                        "--capacity=4000");

        assertThat(run.exitCode()).as(run.err() + run.out()).isIn(0, TARGET_MISSED);
        JsonNode result = run.results().getFirst();
        assertThat(result.get("name").asText()).isEqualTo("ingest-latency.p99");
        assertThat(result.get("valid").asBoolean()).isTrue();
        JsonNode details = result.get("details");
        assertThat(details.get("offered_events_per_s").asDouble()).isEqualTo(2_000);
        assertThat(details.get("p50").asDouble()).isPositive();
        assertThat(details.get("mean_ms_request").asDouble())
                .isGreaterThanOrEqualTo(details.get("mean_ms_sink").asDouble());
        assertThat(details.get("mean_ms_sink").asDouble()).isPositive();
    }

    @Test
    void cost_has_each_rate_below_the_capacity_and_nine_tenths_of_it() throws Exception {
        CommandRun run =
                CommandRun.of(
                        new IngestCost(),
                        "--json",
                        "--runs=1",
                        "--seconds=0.4",
                        "--warm-up=0.1",
                        "--sink=none",
                        "--rates=10000,1000000",
                        "--capacity=20000");

        assertThat(run.exitCode()).as(run.err() + run.out()).isIn(0, TARGET_MISSED);
        JsonNode result = run.results().getFirst();
        assertThat(result.get("valid").asBoolean()).isTrue();
        assertThat(result.get("ratio").asDouble()).isGreaterThanOrEqualTo(1);
        JsonNode details = result.get("details");
        assertThat(details.get("together_us_at_10000").asDouble()).isPositive();
        assertThat(details.get("together_us_at_18000").asDouble())
                .isEqualTo(result.get("value").asDouble());
        assertThat(details.has("together_us_at_1000000")).isFalse();
    }

    @Test
    void memory_is_watched_while_too_much_is_offered_and_every_event_accounted_for()
            throws Exception {
        Path csv = folder.resolve("memory.csv");
        CommandRun run =
                CommandRun.of(
                        new IngestMemory(),
                        "--json",
                        "--minutes=0.1",
                        "--warm-up=0.1",
                        "--capacity=400000",
                        "--csv=" + csv);

        assertThat(run.exitCode()).as(run.err() + run.out()).isIn(0, TARGET_MISSED);
        List<JsonNode> results = run.results();
        assertThat(results)
                .extracting(result -> result.get("name").asText())
                .containsExactly(
                        "ingest-memory.resident",
                        "ingest-memory.growth",
                        "ingest-memory.in-flight",
                        "ingest-memory.unaccounted");
        assertThat(results).allMatch(result -> result.get("valid").asBoolean());
        assertThat(results.getLast().get("value").asLong()).isZero();
        assertThat(results.get(2).get("ok").asBoolean()).isTrue();
        assertThat(results.getFirst().at("/details/requests_503").asLong()).isPositive();
        assertThat(Files.readAllLines(csv)).hasSizeGreaterThan(4);
    }

    @Test
    void help_is_whole_and_mistakes_are_told_before_anything_starts() {
        CommandRun help = CommandRun.of(new IngestLatency(), "--help");
        assertThat(help.out()).contains("99 % in time", "bench/ingest-latency --quick");
        assertThat(CommandRun.of(new IngestMemory(), "--help").out()).contains("5 % more");
        CommandRun sink = CommandRun.of(new IngestCost(), "--sink=files");
        assertThat(sink.exitCode()).isEqualTo(1);
        assertThat(sink.err()).contains("--sink is files, allowed: postgres, kafka, none");
        CommandRun minutes = CommandRun.of(new IngestMemory(), "--minutes=0");
        assertThat(minutes.exitCode()).isEqualTo(1);
        assertThat(minutes.err()).contains("--minutes is 0.0, allowed: above 0");
    }
}
