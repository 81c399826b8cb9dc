package io.floodmark.console.terminal;

import io.floodmark.load.record.FailureCount;
import io.floodmark.load.record.RunInfo;
import io.floodmark.load.record.RunResult;
import io.floodmark.load.record.ThresholdResult;
import io.floodmark.load.record.Verdict;
import io.floodmark.load.record.WriteCheck;
import java.util.stream.Collectors;

/// The outcome of a run as text of at most 100 columns, the verdict first.
///
/// A pure function: the same result gives the same text. A percentile known only by a lower bound
/// is written with `≥`.
public final class SummaryText {

    private final RunResult result;
    private final String runFolder;
    private final TextPage page = new TextPage();

    private SummaryText(RunResult result, String runFolder) {
        this.result = result;
        this.runFolder = runFolder;
    }

    /// The summary of `result`, whose files are in `runFolder`; ends with a line end.
    public static String of(RunResult result, String runFolder) {
        return new SummaryText(result, runFolder).text();
    }

    private String text() {
        verdict();
        run();
        AccountText.write(result, page);
        throughput();
        counts();
        LatencyText.write(result, page);
        failures();
        thresholds();
        result.writeCheck().ifPresent(this::writeCheck);
        CertificateText.write(result, page);
        page.title("Steady state").item(steadyState());
        page.title("Run folder").verbatim("  " + Figures.printable(runFolder));
        return page.text();
    }

    private void verdict() {
        page.verbatim(
                Figures.format(
                        "%s  (%s, exit code %d)",
                        RunWords.verdict(result.verdict()),
                        result.verdict().label(),
                        result.verdict().exitCode()));
        if (result.verdict() == Verdict.PASS) {
            page.item(passed());
        }
        result.reasons().forEach(reason -> page.item("- " + reason));
    }

    /// What a pass means and does not mean.
    private String passed() {
        long due = result.account().due();
        String done =
                due == 0
                        ? "nothing was due"
                        : Figures.format(
                                "%.2f %% of the due arrivals were done",
                                100.0 * result.account().done() / due);
        return result.thresholds().isEmpty()
                ? "the result is valid; " + done + "; no threshold was stated"
                : "the result is valid; " + done + "; every threshold held";
    }

    private void run() {
        RunInfo info = result.info();
        page.title("Run")
                .item(info.id() + " · " + info.workload() + " on " + info.target())
                .item(RunWords.shape(info))
                .item(
                        Figures.format(
                                "%.1f s of %s · seed %d · %s",
                                result.elapsedSeconds(),
                                Figures.duration(info.duration()),
                                info.seed(),
                                info.kinds().isEmpty()
                                        ? "no kinds"
                                        : String.join(", ", info.kinds())));
    }

    private void throughput() {
        double seconds = result.elapsedSeconds();
        long done = result.account().done();
        long due = result.account().due();
        String achieved = rate(done, seconds);
        page.title("Throughput");
        if (result.info().closedLoop()) {
            page.item("achieved " + achieved + "; no rate was offered: the workers set the pace")
                    .item(
                            "Closed loop: while the target is slow, fewer operations are sent. These"
                                    + " latencies omit what an open arrival process would have seen.");
        } else {
            page.item(
                    Figures.format(
                            "offered %s · achieved %s (%s of offered)",
                            rate(due, seconds), achieved, Figures.percent(done, due)));
        }
        page.item(
                Figures.format(
                        "wrote %s of payload (%s/s)%s",
                        Figures.bytes((double) result.bytesWritten()),
                        Figures.bytes(seconds > 0 ? result.bytesWritten() / seconds : 0),
                        result.info().closedLoop() ? "" : deepestQueue()));
    }

    private void counts() {
        if (!result.counts().isEmpty()) {
            page.item(
                    result.counts().entrySet().stream()
                            .map(count ->
                                    count.getKey().replace('_', ' ')
                                            + " "
                                            + Figures.grouped(count.getValue()))
                            .collect(Collectors.joining(" · ")));
        }
    }

    private String deepestQueue() {
        return Figures.format(
                " · deepest queue %s of %s",
                Figures.grouped(result.queueDepthMax()),
                Figures.grouped(result.info().queueCapacity()));
    }

    private static String rate(long count, double seconds) {
        return seconds > 0 ? Figures.perSecond(count / seconds) + "/s" : Figures.NOTHING;
    }

    private void failures() {
        page.title("Failures");
        if (result.failures().isEmpty()) {
            page.item("none");
        }
        for (FailureCount failure : result.failures()) {
            page.item(
                            Figures.format(
                                    "%s × %s, from %.1f s to %.1f s",
                                    Figures.grouped(failure.count()),
                                    failure.kind(),
                                    failure.firstSeconds(),
                                    failure.lastSeconds()))
                    .detail("example: " + failure.example());
        }
    }

    private void thresholds() {
        page.title("Thresholds");
        if (result.thresholds().isEmpty()) {
            page.item("none stated");
        }
        for (ThresholdResult threshold : result.thresholds()) {
            page.item(
                    Figures.format(
                            "%s %s  observed %s",
                            threshold.passed() ? "✓" : "✗",
                            threshold.expression(),
                            threshold.observed()));
        }
    }

    private void writeCheck(WriteCheck check) {
        page.title("Write check");
        if (!check.problem().isEmpty()) {
            page.item("✗ not made: " + check.problem());
            return;
        }
        page.item(
                        Figures.format(
                                "%s %s acknowledged · %s found · %s lost · %s duplicated",
                                check.lossFree() ? "✓" : "✗",
                                Figures.grouped(check.acknowledged()),
                                Figures.grouped(check.found()),
                                Figures.grouped(check.ackedLost()),
                                Figures.grouped(check.duplicated())))
                .item(
                        Figures.format(
                                "  %s with unknown outcome, of which %s are there",
                                Figures.grouped(check.unknown()),
                                Figures.grouped(check.unknownFound())));
        check.violations().forEach(violation -> page.item("✗ " + violation));
    }

    private String steadyState() {
        return result.steadyFromSeconds().isEmpty()
                ? "not found: the run was too short or never became steady (MSER-5)"
                : Figures.format(
                        "from %.1f s on (MSER-5); all figures above include the warm-up",
                        result.steadyFromSeconds().getAsDouble());
    }
}
