package io.floodmark.load.run;

import io.floodmark.load.arrival.ArrivalProcess;
import io.floodmark.load.arrival.Pacing;
import io.floodmark.load.certificate.CertificateRules;
import io.floodmark.load.engine.EngineResult;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.record.Calibration;
import io.floodmark.load.record.Certificate;
import io.floodmark.load.record.RunResult;
import io.floodmark.load.record.ThresholdResult;
import io.floodmark.load.record.Verdict;
import io.floodmark.load.record.WriteCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Turns what was measured into a judged result.
final class Judge {

    private final RunRequest request;
    private final Optional<RunControl.Stop> stop;

    Judge(RunRequest request, Optional<RunControl.Stop> stop) {
        this.request = request;
        this.stop = stop;
    }

    /// What the workload says of its writes.
    record Written(long bytes, SortedMap<String, Long> counts, Optional<WriteCheck> check) {}

    RunResult judge(EngineResult measured, Calibration calibration, Written written) {
        Certificate certificate = CertificateRules.judge(evidence(measured, calibration));
        RunResult unjudged =
                new RunResult(
                        request.info(),
                        measured.elapsedSeconds(),
                        measured.account(),
                        measured.booksClosed(),
                        measured.timeouts(),
                        measured.total(),
                        measured.kinds(),
                        measured.queueWait(),
                        measured.poolWait(),
                        measured.generatorLag(),
                        measured.queueDepthMax(),
                        measured.failures(),
                        written.bytes(),
                        written.counts(),
                        SteadyState.fromSecond(measured.responseMeans()),
                        certificate,
                        List.of(),
                        written.check(),
                        Verdict.PASS,
                        List.of());
        List<ThresholdResult> thresholds =
                request.thresholds().stream().map(t -> t.evaluate(unjudged)).toList();
        return withVerdict(unjudged, thresholds);
    }

    private CertificateRules.Evidence evidence(EngineResult measured, Calibration calibration) {
        Duration duration = request.plan().duration();
        double peak =
                switch (request.plan().pacing()) {
                    case Pacing.Open(ArrivalProcess process) -> process.peakPerSecond(duration);
                    case Pacing.Closed() -> 0;
                };
        return new CertificateRules.Evidence(
                calibration,
                peak,
                measured.account().due(),
                measured.disturbed(),
                measured.lagWithFreeWorker(),
                measured.lagLimitMillis(),
                measured.elapsedSeconds(),
                measured.generator());
    }

    /// Something that keeps a run from being a pass.
    private record Finding(Verdict verdict, String reason) {}

    /// The findings in the order of their gravity; the first one gives the verdict.
    private RunResult withVerdict(RunResult result, List<ThresholdResult> thresholds) {
        List<Finding> findings = new ArrayList<>();
        stop.map(Judge::stopped).ifPresent(findings::add);
        addAborted(findings, result);
        addLost(findings, result);
        addViolations(findings, result);
        addInvalid(findings, result);
        addMissed(findings, thresholds);
        Verdict verdict = findings.stream().map(Finding::verdict).findFirst().orElse(Verdict.PASS);
        return result.judged(thresholds, verdict, findings.stream().map(Finding::reason).toList());
    }

    private static Finding stopped(RunControl.Stop stop) {
        return switch (stop) {
            case RunControl.Stop.Interrupted() ->
                    new Finding(
                            Verdict.INTERRUPTED, "stopped by a signal; the result covers what ran");
            case RunControl.Stop.Aborted(String reason) -> new Finding(Verdict.ABORTED, reason);
        };
    }

    /// What shows that the target was lost for good.
    private static void addAborted(List<Finding> findings, RunResult result) {
        if (result.account().due() > 0 && result.account().done() == 0) {
            findings.add(
                    new Finding(
                            Verdict.ABORTED,
                            "none of %,d due operations was done"
                                    .formatted(result.account().due())));
        }
        result.writeCheck()
                .map(WriteCheck::problem)
                .filter(problem -> !problem.isEmpty())
                .ifPresent(problem -> findings.add(new Finding(Verdict.ABORTED, problem)));
    }

    /// A lost write is lost, however the generator fared.
    private static void addLost(List<Finding> findings, RunResult result) {
        result.writeCheck()
                .filter(check -> check.ackedLost() > 0 || check.duplicated() > 0)
                .map(check ->
                        "%d acknowledged writes are lost and %d are duplicated"
                                .formatted(check.ackedLost(), check.duplicated()))
                .ifPresent(reason -> findings.add(new Finding(Verdict.SLO_MISSED, reason)));
    }

    /// A target that breaks its own rules is wrong, however fast it is.
    private static void addViolations(List<Finding> findings, RunResult result) {
        result.writeCheck().stream()
                .flatMap(check -> check.violations().stream())
                .forEach(violation -> findings.add(new Finding(Verdict.SLO_MISSED, violation)));
    }

    private static void addInvalid(List<Finding> findings, RunResult result) {
        result.certificate()
                .faults()
                .forEach(fault -> findings.add(new Finding(Verdict.INVALID, fault)));
        if (!result.booksClosed()) {
            findings.add(
                    new Finding(
                            Verdict.INVALID,
                            "the account of due arrivals did not close: " + result.account()));
        }
    }

    private static void addMissed(List<Finding> findings, List<ThresholdResult> thresholds) {
        thresholds.stream()
                .filter(threshold -> !threshold.passed())
                .map(threshold ->
                        "threshold %s missed: %s"
                                .formatted(threshold.expression(), threshold.observed()))
                .forEach(reason -> findings.add(new Finding(Verdict.SLO_MISSED, reason)));
    }
}
