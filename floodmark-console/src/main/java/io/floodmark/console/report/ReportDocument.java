package io.floodmark.console.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.floodmark.load.record.Account;
import io.floodmark.load.record.Certificate;
import io.floodmark.load.record.FailureCount;
import io.floodmark.load.record.KindStats;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.RunInfo;
import io.floodmark.load.record.RunResult;
import io.floodmark.load.record.ThresholdResult;
import io.floodmark.load.record.TimeoutCounts;
import io.floodmark.load.record.Verdict;
import io.floodmark.load.record.WriteCheck;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;

/// The data of a report as its script reads it: the component names are the names in the JSON.
record ReportDocument(
        VerdictPart verdict,
        RunPart run,
        double elapsedSeconds,
        Account account,
        long residual,
        boolean booksClosed,
        TimeoutCounts timeouts,
        KindStats total,
        List<KindStats> kinds,
        Latency queueWait,
        Latency poolWait,
        Latency generatorLag,
        long queueDepthMax,
        List<FailureCount> failures,
        long bytesWritten,
        SortedMap<String, Long> counts,
        OptionalDouble steadyFromSeconds,
        Certificate certificate,
        List<ThresholdResult> thresholds,
        List<WriteCheck> writeChecks,
        int intervalsPerPoint,
        Map<String, double[]> series,
        SortedMap<String, List<DistributionPoint>> distributions,
        SortedMap<String, String> environment,
        List<String> notices) {

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(
                            new SimpleModule()
                                    .addSerializer(OptionalDouble.class, new NumberOrNull()));

    private static final class NumberOrNull extends StdSerializer<OptionalDouble> {

        private static final long serialVersionUID = 1L;

        NumberOrNull() {
            super(OptionalDouble.class);
        }

        @Override
        public void serialize(OptionalDouble value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            if (value.isPresent()) {
                json.writeNumber(value.getAsDouble());
            } else {
                json.writeNull();
            }
        }
    }

    record VerdictPart(String label, String word, int exitCode, List<String> reasons) {}

    record RunPart(
            String id,
            String startedAt,
            String workload,
            String target,
            String arrival,
            boolean closedLoop,
            double durationSeconds,
            int workers,
            int queueCapacity,
            String queuePolicy,
            double deadlineSeconds,
            String seed,
            List<String> kinds,
            SortedMap<String, String> settings) {}

    static ReportDocument of(
            RunResult result, Series series, List<String> notices, Supplement supplement) {
        return new ReportDocument(
                verdict(result.verdict(), result.reasons()),
                run(result.info()),
                result.elapsedSeconds(),
                result.account(),
                result.account().residual(),
                result.booksClosed(),
                result.timeouts(),
                result.total(),
                result.kinds(),
                result.queueWait(),
                result.poolWait(),
                result.generatorLag(),
                result.queueDepthMax(),
                result.failures(),
                result.bytesWritten(),
                result.counts(),
                result.steadyFromSeconds(),
                result.certificate(),
                result.thresholds(),
                result.writeCheck().stream().toList(),
                series.intervalsPerPoint(),
                series.columns(),
                supplement.distributions(),
                supplement.environment(),
                notices);
    }

    /// As JSON that may stand inside a script element: no text in it can end that element.
    String json() {
        try {
            return JSON.writeValueAsString(this).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts always have a JSON", e);
        }
    }

    String title() {
        return "Floodmark: " + verdict.word() + ", " + run.workload() + " on " + run.target();
    }

    private static VerdictPart verdict(Verdict verdict, List<String> reasons) {
        String word =
                switch (verdict) {
                    case PASS -> "Pass";
                    case ABORTED -> "Aborted";
                    case SLO_MISSED -> "SLO missed";
                    case INVALID -> "Invalid";
                    case INTERRUPTED -> "Interrupted";
                };
        return new VerdictPart(verdict.label(), word, verdict.exitCode(), reasons);
    }

    /// The seed is text, because a script's number cannot hold every 64-bit one.
    private static RunPart run(RunInfo info) {
        return new RunPart(
                info.id(),
                info.startedAt().toString(),
                info.workload(),
                info.target(),
                info.arrival(),
                info.closedLoop(),
                info.duration().toMillis() / 1e3,
                info.workers(),
                info.queueCapacity(),
                info.queuePolicy(),
                info.deadline().toMillis() / 1e3,
                Long.toString(info.seed()),
                info.kinds(),
                info.settings());
    }
}
