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

/// Turns what was measured into a judged result.
final class Judge {

    private final RunRequest request;
    private final RunControl control;

    Judge(RunRequest request, RunControl control) {
        this.request = request;
        this.control = control;
    }

    RunResult judge(
            EngineResult measured,
            Calibration calibration,
            long bytesWritten,
            Optional<WriteCheck> writes) {
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
                        bytesWritten,
                        SteadyState.fromSecond(measured.responseMeans()),
                        certificate,
                        List.of(),
                        writes,
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

    /// The gravest applies: stopped, aborted, invalid, missed.
    private RunResult withVerdict(RunResult r, List<ThresholdResult> thresholds) {
        List<String> invalid = new ArrayList<>(r.certificate().faults());
        if (!r.booksClosed()) {
            invalid.add("the account of due arrivals did not close: " + r.account());
        }
        List<String> missed = missed(r, thresholds);
        List<String> aborted = aborted(r);
        Verdict verdict = verdict(!aborted.isEmpty(), !invalid.isEmpty(), !missed.isEmpty());
        List<String> reasons = new ArrayList<>();
        control.requested().ifPresent(stop -> reasons.add(sentence(stop)));
        reasons.addAll(aborted);
        reasons.addAll(invalid);
        reasons.addAll(missed);
        return r.judged(thresholds, verdict, reasons);
    }

    private Verdict verdict(boolean aborted, boolean invalid, boolean missed) {
        Optional<Verdict> stopped =
                control.requested()
                        .map(stop ->
                                switch (stop) {
                                    case RunControl.Stop.Interrupted() -> Verdict.INTERRUPTED;
                                    case RunControl.Stop.Aborted(String _) -> Verdict.ABORTED;
                                });
        if (stopped.isPresent()) {
            return stopped.get();
        }
        if (aborted) {
            return Verdict.ABORTED;
        }
        return invalid ? Verdict.INVALID : missed ? Verdict.SLO_MISSED : Verdict.PASS;
    }

    /// What shows that the target was lost for good.
    private static List<String> aborted(RunResult result) {
        List<String> reasons = new ArrayList<>();
        if (result.account().due() > 0 && result.account().done() == 0) {
            reasons.add("none of %,d due operations was done".formatted(result.account().due()));
        }
        result.writeCheck()
                .filter(check -> !check.problem().isEmpty())
                .ifPresent(check -> reasons.add(check.problem()));
        return reasons;
    }

    private static String sentence(RunControl.Stop stop) {
        return switch (stop) {
            case RunControl.Stop.Interrupted() -> "stopped by a signal; the result covers what ran";
            case RunControl.Stop.Aborted(String reason) -> reason;
        };
    }

    private static List<String> missed(RunResult result, List<ThresholdResult> thresholds) {
        List<String> missed = new ArrayList<>();
        for (ThresholdResult threshold : thresholds) {
            if (!threshold.passed()) {
                missed.add(
                        "threshold %s missed: %s"
                                .formatted(threshold.expression(), threshold.observed()));
            }
        }
        result.writeCheck()
                .filter(check -> check.ackedLost() > 0 || check.duplicated() > 0)
                .ifPresent(check ->
                        missed.add(
                                "%d acknowledged writes are lost and %d are duplicated"
                                        .formatted(check.ackedLost(), check.duplicated())));
        return missed;
    }
}
