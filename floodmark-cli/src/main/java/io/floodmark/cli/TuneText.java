package io.floodmark.cli;

import io.floodmark.store.postgres.tune.Activation;
import io.floodmark.store.postgres.tune.Advice;
import io.floodmark.store.postgres.tune.Advice.SettingLine;
import io.floodmark.store.postgres.tune.Advice.Standing;
import io.floodmark.store.postgres.tune.Amounts;
import io.floodmark.store.postgres.tune.Change;
import io.floodmark.store.postgres.tune.HoldTimeProbe.Measured;
import io.floodmark.store.postgres.tune.Outcome;
import io.floodmark.store.postgres.tune.PoolSize;
import io.floodmark.store.postgres.tune.Recommendation;
import io.floodmark.store.postgres.tune.Topic;
import io.floodmark.store.postgres.tune.TuningFacts;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The results of `store tune` for people.
final class TuneText implements TuneOutput {

    private final PrintStream out;

    TuneText(PrintStream out) {
        this.out = out;
    }

    @Override
    public void advice(String server, Advice advice, PoolAdvice pool) {
        TuningFacts facts = advice.facts();
        out.printf(
                Locale.ROOT,
                "%s, %s; for %s of memory, %d cores, %d connections%n",
                server,
                facts.role().name().toLowerCase(Locale.ROOT),
                Amounts.words(facts.memoryBytes()),
                facts.cores(),
                facts.connections());
        out.printf(
                Locale.ROOT,
                "  mark  setting                                present → recommended, needs%n");
        for (Topic topic : Topic.values()) {
            List<SettingLine> lines =
                    advice.settings().stream()
                            .filter(line -> line.recommendation().topic() == topic)
                            .toList();
            if (!lines.isEmpty()) {
                out.printf(Locale.ROOT, "%n%s%n", topic.title());
                lines.forEach(this::setting);
            }
        }
        tables(advice.tables());
        pool(pool);
        doubts(advice.doubts());
        summary(advice);
    }

    private void setting(SettingLine line) {
        Recommendation wanted = line.recommendation();
        String needs =
                wanted.active() ? wanted.activation().label() : "without effect until promotion";
        String value = wanted.target().value();
        String name = wanted.setting();
        switch (line.standing()) {
            case Standing.Unknown() ->
                    out.printf(Locale.ROOT, "    ·   %-38s %s, %s%n", name, value, needs);
            case Standing.Missing() ->
                    out.printf(Locale.ROOT, "    ·   %-38s not in this version; %s%n", name, value);
            case Standing.Fine(String shown) ->
                    out.printf(Locale.ROOT, "    ✓   %-38s %s%n", name, fine(shown, value));
            case Standing.Differs(String shown) ->
                    out.printf(
                            Locale.ROOT, "    ✗   %-38s %s → %s, %s%n", name, shown, value, needs);
            case Standing.Waits(String shown) ->
                    out.printf(
                            Locale.ROOT,
                            "    …   %-38s %s; a new value waits for a restart%n",
                            name,
                            shown);
        }
        out.printf(Locale.ROOT, "          %s%n", wanted.why());
    }

    private static String fine(String shown, String value) {
        return shown.equalsIgnoreCase(value) ? shown : shown + " (recommended " + value + ")";
    }

    private void tables(List<Advice.TableLine> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.printf(Locale.ROOT, "%nTables of the store%n");
        for (Advice.TableLine line : lines) {
            int wrong = line.differing().size();
            out.printf(
                    Locale.ROOT,
                    "    %s   %-38s %s, %s%n          %s%n",
                    wrong == 0 ? "✓" : "✗",
                    line.rule().parameter(),
                    line.rule().target().value(),
                    wrong == 0
                            ? "%s (%d)".formatted(line.rule().kind().label(), line.tables())
                            : "%s: %d of %d differ, the first is %s"
                                    .formatted(
                                            line.rule().kind().label(),
                                            wrong,
                                            line.tables(),
                                            line.differing().getFirst()),
                    line.rule().why());
        }
    }

    private void pool(PoolAdvice pool) {
        out.printf(Locale.ROOT, "%nPool of a process%n");
        switch (pool) {
            case PoolAdvice.Unknown() ->
                    out.printf(
                            Locale.ROOT,
                            "    ·   add --rate and --hold-time or --probe to work it out%n");
            case PoolAdvice.Given(PoolSize size, int processes) -> size(size, processes);
            case PoolAdvice.Probed probed -> {
                size(probed.size(), probed.processes());
                measured("one session", probed.alone());
                measured(probed.together().sessions() + " sessions", probed.together());
                if (!probed.enough()) {
                    out.printf(
                            Locale.ROOT,
                            "    ✗   the server reached %.0f/s, less than %.0f/s: more connections"
                                    + " do not help, larger batches do%n",
                            probed.together().perSecond(),
                            probed.size().ratePerSecond() * probed.processes());
                }
            }
        }
    }

    private void size(PoolSize size, int processes) {
        out.printf(
                Locale.ROOT,
                "    ·   %d connections in each of %d processes: %.0f/s × %s = %.2f busy on average;"
                        + " %.2f %% of the operations wait for one%n",
                size.connections(),
                processes,
                size.ratePerSecond(),
                time(size.hold()),
                size.busy(),
                100 * size.waiting());
        out.printf(
                Locale.ROOT,
                "          by Little's law and Erlang C; appends through the store share a few%n");
    }

    private void measured(String sessions, Measured measured) {
        out.printf(
                Locale.ROOT,
                "          measured with %s: %s in %s (p99 %s), %.0f/s%n",
                sessions,
                measured.operation(),
                time(measured.mean()),
                time(measured.p99()),
                measured.perSecond());
    }

    private static String time(Duration time) {
        return String.format(Locale.ROOT, "%.3f ms", time.toNanos() / 1e6);
    }

    private void doubts(List<Advice.DoubtLine> lines) {
        out.printf(Locale.ROOT, "%nOften set, and in vain%n");
        for (Advice.DoubtLine line : lines) {
            out.printf(
                    Locale.ROOT,
                    "    %s   %s: %s%s%n          %s%n",
                    line.seen().isEmpty() ? "·" : "✗",
                    line.doubtful().advice(),
                    line.doubtful().effect().label(),
                    line.seen().isEmpty() ? "" : "; seen here: " + String.join(", ", line.seen()),
                    line.doubtful().why());
        }
    }

    private void summary(Advice advice) {
        List<Recommendation> differing =
                advice.settings().stream()
                        .filter(line -> line.standing() instanceof Standing.Differs)
                        .map(SettingLine::recommendation)
                        .filter(Recommendation::active)
                        .toList();
        long restarts =
                differing.stream().filter(it -> it.activation() == Activation.RESTART).count();
        long tables = advice.tables().stream().filter(it -> !it.differing().isEmpty()).count();
        if (advice.settings().stream().anyMatch(it -> it.standing() instanceof Standing.Unknown)) {
            out.printf(
                    Locale.ROOT,
                    "%nNo server was asked. Name one with --url or DB_HOST to compare.%n");
        } else {
            out.printf(
                    Locale.ROOT,
                    "%n%d settings differ, %d of them need a restart; %d table rules are not kept."
                            + " Set them: --apply, take them back: --revert%n",
                    differing.size(),
                    restarts,
                    tables);
        }
    }

    @Override
    public void plan(String server, List<Change> changes) {
        out.printf(Locale.ROOT, "%s%n", server);
        if (changes.isEmpty()) {
            out.printf(Locale.ROOT, "nothing to change%n");
        }
        for (Change change : changes) {
            out.printf(
                    Locale.ROOT,
                    "  would set %s = %s (%s)%n",
                    change.what(),
                    change.value(),
                    before(change));
        }
    }

    private static String before(Change change) {
        return switch (change) {
            case Change.SystemSetting it -> "ALTER SYSTEM: " + it.before().words() + " so far";
            case Change.TableParameter it -> "on the table: " + it.before().words() + " so far";
        };
    }

    @Override
    public void applied(String server, List<Outcome> outcomes, Path saved) {
        out.printf(Locale.ROOT, "%s%n", server);
        outcomes.forEach(this::outcome);
        out.printf(Locale.ROOT, "former values: %s%n", saved);
        out.printf(Locale.ROOT, "restore them:  floodmark store tune --revert --saved %s%n", saved);
    }

    @Override
    public void reverted(String server, List<Outcome> outcomes, Path saved) {
        out.printf(Locale.ROOT, "%s%n", server);
        outcomes.forEach(this::outcome);
        boolean left =
                outcomes.stream()
                        .map(Outcome::result)
                        .anyMatch(Outcome.Result.ChangedSince.class::isInstance);
        String end =
                left
                        ? "kept, because not everything was restored: "
                        : "everything is as before; deleted ";
        out.println(end + saved);
    }

    private void outcome(Outcome outcome) {
        String what = outcome.change().what();
        String value = outcome.change().value();
        String before = outcome.change().before().words();
        switch (outcome.result()) {
            case Outcome.Result.InForce() ->
                    out.printf(Locale.ROOT, "  %s = %s, in force%n", what, value);
            case Outcome.Result.AfterRestart() ->
                    out.printf(Locale.ROOT, "  %s: in force after a restart of the server%n", what);
            case Outcome.Result.Overridden(String source) ->
                    out.printf(
                            Locale.ROOT,
                            "  %s = %s is set, but overridden by: %s%n",
                            what,
                            value,
                            source);
            case Outcome.Result.Restored() ->
                    out.printf(Locale.ROOT, "  %s: %s again%n", what, before);
            case Outcome.Result.Unchanged() ->
                    out.printf(Locale.ROOT, "  %s: %s still%n", what, before);
            case Outcome.Result.ChangedSince(var now) ->
                    out.printf(
                            Locale.ROOT,
                            "  %s: left alone, somebody has set it to %s since; it was %s%n",
                            what,
                            now.words(),
                            before);
        }
    }
}
