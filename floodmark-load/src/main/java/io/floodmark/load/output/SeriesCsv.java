package io.floodmark.load.output;

import io.floodmark.load.record.Account;
import io.floodmark.load.record.Interval;
import io.floodmark.load.record.Latency;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// `series.csv`: a line for each second. The columns are described in `docs/run-folder.md`.
///
/// *Threads.* Confined to one.
final class SeriesCsv implements Closeable {

    private static final List<String> GAUGES =
            List.of(
                    "pool_open",
                    "pool_active",
                    "pool_waiting",
                    "server_connections",
                    "server_free_connections",
                    "bytes_written",
                    "events_appended",
                    "decisions_refused",
                    "conflicts_retried",
                    "conflicts_recovered");

    /// How the file says that a number is not known.
    private static final double UNKNOWN = -1;

    private final BufferedWriter file;

    SeriesCsv(Path path) throws IOException {
        file = Files.newBufferedWriter(path);
        List<String> columns = new ArrayList<>(List.of("start_s", "end_s"));
        columns.addAll(
                List.of("due", "done", "failed", "conflicted", "timed_out", "skipped", "rejected"));
        columns.addAll(List.of("in_queue", "in_flight", "books_closed", "queue_depth_max"));
        columns.addAll(List.of("offered_per_s", "achieved_per_s"));
        for (String latency :
                List.of("response", "service", "wait", "queue_wait", "pool_wait", "lag")) {
            for (String value : List.of("p50", "p90", "p99", "p999", "max")) {
                columns.add(latency + "_" + value + "_ms");
            }
        }
        columns.addAll(List.of("disturbed", "pause_max_ms", "cpu_percent"));
        columns.addAll(GAUGES);
        line(columns);
    }

    void write(Interval interval) throws IOException {
        List<String> values = new ArrayList<>();
        values.add(number(interval.startSeconds()));
        values.add(number(interval.endSeconds()));
        addAccount(values, interval);
        values.add(number(interval.offeredPerSecond()));
        values.add(number(interval.achievedPerSecond()));
        addLatency(values, interval.total().response());
        addLatency(values, interval.total().service());
        addLatency(values, interval.total().waiting());
        addLatency(values, interval.queueWait());
        addLatency(values, interval.poolWait());
        addLatency(values, interval.generatorLag());
        values.add(Long.toString(interval.disturbed()));
        values.add(number(interval.pauseMillisMax()));
        values.add(number(interval.cpuPercent().orElse(UNKNOWN)));
        for (String gauge : GAUGES) {
            Long value = interval.gauges().get(gauge);
            values.add(value == null ? "" : value.toString());
        }
        line(values);
        file.flush();
    }

    private static void addAccount(List<String> values, Interval interval) {
        Account delta = interval.delta();
        values.add(Long.toString(delta.due()));
        values.add(Long.toString(delta.done()));
        values.add(Long.toString(delta.failed()));
        values.add(Long.toString(delta.conflicted()));
        values.add(Long.toString(delta.timedOut()));
        values.add(Long.toString(delta.skipped()));
        values.add(Long.toString(delta.rejected()));
        values.add(Long.toString(delta.inQueue()));
        values.add(Long.toString(delta.inFlight()));
        values.add(Boolean.toString(interval.booksClosed()));
        values.add(Long.toString(interval.queueDepthMax()));
    }

    private static void addLatency(List<String> values, Latency latency) {
        values.add(number(latency.p50().millis()));
        values.add(number(latency.p90().millis()));
        values.add(number(latency.p99().millis()));
        values.add(number(latency.p999().millis()));
        values.add(number(latency.max().millis()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private void line(List<String> values) throws IOException {
        file.write(values.stream().collect(Collectors.joining(",", "", "\n")));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
