package io.floodmark.console.terminal;

import io.floodmark.load.record.Account;
import io.floodmark.load.record.Interval;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.RunInfo;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/// One picture of the live view: a pure function of its state and the window's size.
final class Frame {

    private static final AttributedStyle STRONG = AttributedStyle.BOLD;
    private static final AttributedStyle GOOD =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle BAD = AttributedStyle.BOLD.foreground(AttributedStyle.RED);
    private static final AttributedStyle NOTICE =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);

    private static final int LABEL_COLUMNS = 10;
    private static final int RATE_COLUMNS = 22;

    private final LiveState state;
    private final int width;
    private final Rows rows = new Rows();

    private Frame(LiveState state, int width) {
        this.state = state;
        this.width = width;
    }

    /// At most `height` lines of at most `width` columns.
    static List<AttributedString> render(LiveState state, int width, int height) {
        Frame frame = new Frame(state, width);
        frame.header();
        if (state.recent().isEmpty()) {
            frame.rows.add(0, "waiting for the first second");
        } else {
            frame.body(state.recent().getLast());
        }
        frame.notices();
        return frame.rows.fitting(width, height);
    }

    private void header() {
        RunInfo info = state.info();
        rows.add(0, STRONG, Figures.printable(info.workload() + " → " + info.target()));
        rows.add(4, RunWords.shape(info));
        rows.add(0, progress(info));
    }

    private String progress(RunInfo info) {
        double planned = info.duration().toMillis() / 1e3;
        double elapsed = state.elapsedSeconds();
        double share = planned > 0 ? Math.clamp(elapsed / planned, 0, 1) : 0;
        String words =
                Figures.format(
                        " %3.0f %%  %.0f s of %s, %.0f s left",
                        100 * share,
                        elapsed,
                        Figures.duration(info.duration()),
                        Math.max(0, planned - elapsed));
        int cells = Math.clamp(width - words.length(), 0, 60);
        int full = (int) Math.round(share * cells);
        return "█".repeat(full) + "░".repeat(cells - full) + words;
    }

    private void body(Interval last) {
        rows.addBlank(9);
        rate(last);
        rows.addBlank(10);
        account(last);
        rows.addBlank(9);
        latency(last);
        rows.addBlank(10);
        trend("p99 ms", 5, i -> i.total().response().p99().millis());
        levels(last);
        kinds(last);
        generator(last);
    }

    private void rate(Interval last) {
        String achieved = "achieved " + Figures.perSecond(last.achievedPerSecond()) + "/s";
        String rate =
                state.info().closedLoop()
                        ? achieved + "   closed loop: no rate is offered"
                        : "offered "
                                + Figures.perSecond(last.offeredPerSecond())
                                + "/s   "
                                + achieved;
        rows.addLabelled(0, "rate", STRONG, rate);
        trend("achieved", 5, Interval::achievedPerSecond);
    }

    private void trend(String label, int rank, ToDoubleFunction<Interval> value) {
        List<Double> values = state.recent().stream().map(value::applyAsDouble).toList();
        int columns = Math.max(10, width - LABEL_COLUMNS - RATE_COLUMNS);
        int shown = Math.min(columns, values.size());
        double highest =
                values.subList(values.size() - shown, values.size()).stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(0);
        rows.addLabelled(
                rank,
                label,
                Sparkline.of(values, columns)
                        + Figures.format("  ≤ %s in %d s", Figures.millis(highest), shown));
    }

    private void account(Interval last) {
        int cell = Math.clamp((width - LABEL_COLUMNS) / 9, 6, 10);
        String names =
                cell < 9
                        ? "due done fail confl t/out skip rej queue fly"
                        : "due done failed conflict timeout skipped rejected queue flight";
        rows.addHeading(2, Figures.format("%-10s", "arrivals") + cells(names.split(" "), cell));
        rows.addLabelled(1, "second", cells(counts(last.delta()), cell));
        rows.addLabelled(1, "total", cells(counts(last.account()), cell));
        if (!last.booksClosed()) {
            rows.add(0, BAD, Figures.format("BOOKS DO NOT CLOSE by %d", last.account().residual()));
        }
    }

    private static String[] counts(Account account) {
        return new String[] {
            Figures.compact(account.due()),
            Figures.compact(account.done()),
            Figures.compact(account.failed()),
            Figures.compact(account.conflicted()),
            Figures.compact(account.timedOut()),
            Figures.compact(account.skipped()),
            Figures.compact(account.rejected()),
            Figures.compact(account.inQueue()),
            Figures.compact(account.inFlight())
        };
    }

    private static String cells(String[] texts, int columns) {
        StringBuilder line = new StringBuilder();
        for (String text : texts) {
            line.append(" ".repeat(Math.max(1, columns - text.length()))).append(text);
        }
        return line.toString();
    }

    private void latency(Interval last) {
        int cell = Math.clamp((width - LABEL_COLUMNS) / 5, 8, 12);
        String[] names = {"p50", "p90", "p99", "p99.9", "max"};
        rows.addHeading(2, Figures.format("%-10s", "ms") + cells(names, cell));
        latencyRow(0, "response", last.total().response(), cell);
        latencyRow(3, " highest", state.peaks().response(), cell);
        latencyRow(2, "wait", last.total().waiting(), cell);
        latencyRow(6, " highest", state.peaks().waiting(), cell);
        latencyRow(2, "service", last.total().service(), cell);
        latencyRow(6, " highest", state.peaks().service(), cell);
    }

    private void latencyRow(int rank, String label, Latency latency, int cell) {
        String[] texts =
                latency.count() == 0
                        ? new String[] {"–", "–", "–", "–", "–"}
                        : new String[] {
                            Figures.millis(latency.p50()),
                            Figures.millis(latency.p90()),
                            Figures.millis(latency.p99()),
                            Figures.millis(latency.p999()),
                            Figures.millis(latency.max())
                        };
        rows.addLabelled(rank, label, cells(texts, cell));
    }

    private void levels(Interval last) {
        SortedMap<String, Long> gauges = last.gauges();
        StringBuilder line = new StringBuilder();
        if (!state.info().closedLoop()) {
            line.append(
                    Figures.format(
                            "deepest %d/%d", last.queueDepthMax(), state.info().queueCapacity()));
        }
        level(line, gauges, "pool_active", "  pool %d");
        level(line, gauges, "pool_open", "/%d");
        level(line, gauges, "pool_waiting", " waiting %d");
        level(line, gauges, "server_free_connections", "  server free %d");
        if (!line.isEmpty()) {
            rows.addLabelled(
                    3, state.info().closedLoop() ? "levels" : "queue", line.toString().strip());
        }
    }

    private static void level(
            StringBuilder line, SortedMap<String, Long> gauges, String name, String words) {
        Long value = gauges.get(name);
        if (value != null) {
            line.append(Figures.format(words, value));
        }
    }

    private void kinds(Interval last) {
        for (var stats : last.kinds()) {
            var sum = state.kinds().getOrDefault(stats.kind(), LiveState.KindCount.ZERO);
            boolean clean = stats.failed() == 0 && stats.timedOut() == 0;
            rows.addLabelled(
                    clean ? 7 : 3,
                    Figures.shortened(Figures.printable(stats.kind()), LABEL_COLUMNS - 1),
                    clean ? AttributedStyle.DEFAULT : NOTICE,
                    Figures.format(
                            "%.0f/s  p99 %s  failed %d +%d  timeout %d +%d",
                            stats.done() / last.seconds(),
                            Figures.millis(stats.response().p99()),
                            sum.failed(),
                            stats.failed(),
                            sum.timedOut(),
                            stats.timedOut()));
        }
    }

    private void generator(Interval last) {
        boolean healthy = last.disturbed() == 0;
        rows.addLabelled(
                1,
                "generator",
                healthy ? GOOD : BAD,
                Figures.format(
                        "%s  lag p99 %s  pause %s ms  disturbed %d  cpu %s",
                        healthy ? "ok" : "LATE",
                        Figures.millis(last.generatorLag().p99()),
                        Figures.millis(last.pauseMillisMax()),
                        last.disturbed(),
                        Figures.cpu(last.cpuPercent())));
    }

    private void notices() {
        List<String> notices = state.notices();
        for (int i = 0; i < notices.size(); i++) {
            boolean newest = i == notices.size() - 1;
            rows.add(newest ? 1 : 8, NOTICE, "! " + notices.get(i));
        }
    }
}
