package io.floodmark.load.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.load.record.Account;
import io.floodmark.load.record.Certificate;
import io.floodmark.load.record.KindStats;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.Percentile;
import io.floodmark.load.record.RunInfo;
import io.floodmark.load.record.RunResult;
import io.floodmark.load.record.TimeoutCounts;
import io.floodmark.load.record.WriteCheck;
import java.util.LinkedHashMap;
import java.util.Map;

/// The result as `summary.json`, schema version [#SCHEMA_VERSION], described in
/// `docs/run-folder.md`.
public final class SummaryJson {

    public static final int SCHEMA_VERSION = 1;

    /// How the document says that a number is not known, since version 1.
    private static final double UNKNOWN = -1;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SummaryJson() {}

    /// The whole document.
    public static ObjectNode of(RunResult result) {
        ObjectNode root = JSON.objectNode();
        root.put("schema_version", SCHEMA_VERSION);
        root.put("run_id", result.info().id());
        root.put("verdict", result.verdict().label());
        root.put("exit_code", result.verdict().exitCode());
        result.reasons().forEach(root.putArray("reasons")::add);
        root.set("run", run(result.info()));
        root.put("elapsed_s", result.elapsedSeconds());
        root.put("steady_from_s", result.steadyFromSeconds().orElse(UNKNOWN));
        root.set("account", account(result));
        root.set("timed_out_in", timeouts(result.timeouts()));
        root.set("throughput", throughput(result));
        putLatencies(root, result.total());
        root.set("queue_wait_ms", latency(result.queueWait()));
        root.set("pool_wait_ms", latency(result.poolWait()));
        root.set("generator_lag_ms", latency(result.generatorLag()));
        root.put("queue_depth_max", result.queueDepthMax());
        root.put("bytes_written", result.bytesWritten());
        ObjectNode counts = root.putObject("counts");
        result.counts().forEach(counts::put);
        ObjectNode kinds = root.putObject("kinds");
        result.kinds().forEach(kind -> kinds.set(kind.kind(), kind(kind)));
        root.set("failures", failures(result));
        root.set("thresholds", thresholds(result));
        result.writeCheck().ifPresent(check -> root.set("write_check", writeCheck(check)));
        root.set("certificate", certificate(result.certificate()));
        return root;
    }

    private static ObjectNode run(RunInfo info) {
        ObjectNode run = JSON.objectNode();
        run.put("started_at", info.startedAt().toString());
        run.put("workload", info.workload());
        run.put("target", info.target());
        run.put("arrival", info.arrival());
        run.put("closed_loop", info.closedLoop());
        run.put("duration_s", info.duration().toMillis() / 1e3);
        run.put("workers", info.workers());
        run.put("queue", info.queueCapacity());
        run.put("queue_policy", info.queuePolicy());
        run.put("deadline_ms", info.deadline().toMillis());
        run.put("seed", info.seed());
        info.kinds().forEach(run.putArray("mix")::add);
        ObjectNode settings = run.putObject("settings");
        info.settings().forEach(settings::put);
        return run;
    }

    private static ObjectNode account(RunResult result) {
        Account account = result.account();
        ObjectNode node = JSON.objectNode();
        node.put("due", account.due());
        node.put("done", account.done());
        node.put("failed", account.failed());
        node.put("conflicted", account.conflicted());
        node.put("timed_out", account.timedOut());
        node.put("skipped", account.skipped());
        node.put("rejected", account.rejected());
        node.put("never_started", account.inQueue());
        node.put("unfinished", account.inFlight());
        node.put("closed", result.booksClosed());
        return node;
    }

    private static ObjectNode timeouts(TimeoutCounts counts) {
        return JSON.objectNode()
                .put("queue", counts.inQueue())
                .put("pool", counts.inPool())
                .put("service", counts.inService());
    }

    private static ObjectNode throughput(RunResult result) {
        ObjectNode node = JSON.objectNode();
        if (!result.info().closedLoop()) {
            node.put("offered_per_s", result.account().due() / result.elapsedSeconds());
        }
        return node.put("achieved_per_s", result.account().done() / result.elapsedSeconds());
    }

    private static void putLatencies(ObjectNode node, KindStats stats) {
        node.set("response_ms", latency(stats.response()));
        node.set("service_ms", latency(stats.service()));
        node.set("wait_ms", latency(stats.waiting()));
    }

    private static ObjectNode kind(KindStats stats) {
        ObjectNode node = JSON.objectNode();
        node.put("done", stats.done());
        node.put("failed", stats.failed());
        node.put("conflicted", stats.conflicted());
        node.put("timed_out", stats.timedOut());
        node.put("skipped", stats.skipped());
        putLatencies(node, stats);
        return node;
    }

    private static ObjectNode latency(Latency latency) {
        Map<String, Percentile> values = new LinkedHashMap<>();
        values.put("p50", latency.p50());
        values.put("p90", latency.p90());
        values.put("p95", latency.p95());
        values.put("p99", latency.p99());
        values.put("p999", latency.p999());
        values.put("max", latency.max());
        ObjectNode node = JSON.objectNode();
        values.forEach((name, percentile) -> node.put(name, percentile.millis()));
        node.put("mean", latency.mean());
        node.put("count", latency.count());
        node.put("censored", latency.censored());
        ArrayNode bounds = node.putArray("lower_bounds");
        values.forEach((name, percentile) -> {
            if (percentile.lowerBound()) {
                bounds.add(name);
            }
        });
        return node;
    }

    private static ArrayNode failures(RunResult result) {
        ArrayNode failures = JSON.arrayNode();
        result.failures()
                .forEach(failure ->
                        failures.addObject()
                                .put("kind", failure.kind())
                                .put("count", failure.count())
                                .put("first_s", failure.firstSeconds())
                                .put("last_s", failure.lastSeconds())
                                .put("example", failure.example()));
        return failures;
    }

    private static ArrayNode thresholds(RunResult result) {
        ArrayNode thresholds = JSON.arrayNode();
        result.thresholds()
                .forEach(threshold ->
                        thresholds
                                .addObject()
                                .put("threshold", threshold.expression())
                                .put("observed", threshold.observed())
                                .put("passed", threshold.passed()));
        return thresholds;
    }

    private static ObjectNode writeCheck(WriteCheck check) {
        ObjectNode node = JSON.objectNode();
        node.put("acknowledged", check.acknowledged());
        node.put("found", check.found());
        node.put("acked_lost", check.ackedLost());
        node.put("duplicated", check.duplicated());
        node.put("unknown", check.unknown());
        node.put("unknown_found", check.unknownFound());
        check.violations().forEach(node.putArray("violations")::add);
        return node.put("problem", check.problem());
    }

    private static ObjectNode certificate(Certificate certificate) {
        ObjectNode node = JSON.objectNode();
        node.put("valid", certificate.valid());
        node.put("ceiling_per_s", certificate.calibration().ceilingPerSecond());
        node.put("lag_limit_ms", certificate.lagLimitMillis());
        node.set("lag_with_free_worker_ms", latency(certificate.lagWithFreeWorker()));
        node.put("disturbed", certificate.disturbed());
        node.put("disturbed_percent", certificate.disturbedPercent());
        node.put("pause_ms_max", certificate.pauseMillisMax());
        node.put("pause_ms_total", certificate.pauseMillisTotal());
        node.put("gc_ms", certificate.gcMillis());
        node.put("cpu_percent", certificate.cpuPercent().orElse(UNKNOWN));
        node.put("throttled_ms", certificate.throttledMillis());
        certificate.faults().forEach(node.putArray("faults")::add);
        certificate.notes().forEach(node.putArray("notes")::add);
        return node;
    }
}
