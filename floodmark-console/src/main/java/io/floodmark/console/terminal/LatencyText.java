package io.floodmark.console.terminal;

import io.floodmark.load.record.KindStats;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.RunResult;

/// The latency distributions of a run as one table, in milliseconds.
final class LatencyText {

    private static final int LABEL = 23;
    private static final String HEADER = "%-" + LABEL + "s%9s%9s%9s%9s%9s%9s%9s%12s";

    private LatencyText() {}

    static void write(RunResult result, TextPage page) {
        page.title(
                Figures.format(
                        HEADER,
                        "Latency (ms)",
                        "p50",
                        "p90",
                        "p95",
                        "p99",
                        "p99.9",
                        "max",
                        "mean",
                        "count"));
        row(page, "response", result.total().response());
        row(page, "wait", result.total().waiting());
        row(page, "  queue", result.queueWait());
        row(page, "  pool", result.poolWait());
        row(page, "service", result.total().service());
        row(page, "generator lag", result.generatorLag());
        result.kinds().forEach(kind -> kind(page, kind));
        long censored = result.total().response().censored();
        if (censored > 0) {
            page.item(
                    Figures.format(
                            "≥ lower bound: %s operations never ended and count with the time that"
                                    + " they had waited",
                            Figures.grouped(censored)));
        }
    }

    private static void kind(TextPage page, KindStats kind) {
        page.verbatim("  " + Figures.shortened(Figures.printable(kind.kind()), 60));
        row(page, "  response", kind.response());
        row(page, "  wait", kind.waiting());
        row(page, "  service", kind.service());
    }

    private static void row(TextPage page, String label, Latency latency) {
        page.verbatim(
                Figures.format(
                        HEADER,
                        "  " + label,
                        cell(latency, Figures.millis(latency.p50())),
                        cell(latency, Figures.millis(latency.p90())),
                        cell(latency, Figures.millis(latency.p95())),
                        cell(latency, Figures.millis(latency.p99())),
                        cell(latency, Figures.millis(latency.p999())),
                        cell(latency, Figures.millis(latency.max())),
                        cell(latency, mean(latency)),
                        Figures.grouped(latency.count())));
    }

    /// Censored operations enter the mean with their bound, so the mean is a bound too.
    private static String mean(Latency latency) {
        return (latency.censored() > 0 ? "≥" : "") + Figures.millis(latency.mean());
    }

    private static String cell(Latency latency, String value) {
        return latency.count() == 0 ? Figures.NOTHING : value;
    }
}
