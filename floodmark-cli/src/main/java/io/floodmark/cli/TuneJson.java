package io.floodmark.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.store.postgres.tune.Advice;
import io.floodmark.store.postgres.tune.Advice.Standing;
import io.floodmark.store.postgres.tune.Before;
import io.floodmark.store.postgres.tune.Change;
import io.floodmark.store.postgres.tune.HoldTimeProbe.Measured;
import io.floodmark.store.postgres.tune.Outcome;
import io.floodmark.store.postgres.tune.PoolSize;
import io.floodmark.store.postgres.tune.Recommendation;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The results of `store tune` as one JSON object on one line.
final class TuneJson implements TuneOutput {

    private final PrintStream out;

    TuneJson(PrintStream out) {
        this.out = out;
    }

    private static ObjectNode root(String server) {
        return JsonNodeFactory.instance.objectNode().put("server", server);
    }

    @Override
    public void advice(String server, Advice advice, PoolAdvice pool) {
        ObjectNode root = root(server);
        root.putObject("facts")
                .put("role", advice.facts().role().name().toLowerCase(Locale.ROOT))
                .put("memory_bytes", advice.facts().memoryBytes())
                .put("cores", advice.facts().cores())
                .put("major_version", advice.facts().majorVersion())
                .put("connections", advice.facts().connections());
        ArrayNode settings = root.putArray("settings");
        advice.settings().forEach(line -> setting(settings.addObject(), line));
        ArrayNode tables = root.putArray("tables");
        advice.tables().forEach(line -> table(tables.addObject(), line));
        pool(root.putObject("pool"), pool);
        ArrayNode doubts = root.putArray("in_vain");
        advice.doubts().forEach(line -> doubt(doubts.addObject(), line));
        out.println(root);
    }

    private static void setting(ObjectNode node, Advice.SettingLine line) {
        Recommendation wanted = line.recommendation();
        node.put("setting", wanted.setting())
                .put("topic", wanted.topic().name().toLowerCase(Locale.ROOT));
        switch (line.standing()) {
            case Standing.Unknown() -> node.put("standing", "unknown");
            case Standing.Missing() -> node.put("standing", "missing");
            case Standing.Fine(String shown) -> node.put("standing", "fine").put("present", shown);
            case Standing.Differs(String shown) ->
                    node.put("standing", "differs").put("present", shown);
            case Standing.Waits(String shown) ->
                    node.put("standing", "waits_for_restart").put("present", shown);
        }
        node.put("recommended", wanted.target().value())
                .put("needs", wanted.activation().label())
                .put("active", wanted.active())
                .put("why", wanted.why());
    }

    private static void table(ObjectNode node, Advice.TableLine line) {
        node.put("tables", line.rule().kind().label())
                .put("count", line.tables())
                .put("parameter", line.rule().parameter())
                .put("recommended", line.rule().target().value())
                .put("needs", "reload")
                .put("why", line.rule().why());
        ArrayNode differing = node.putArray("differing");
        line.differing().forEach(differing::add);
    }

    private static void pool(ObjectNode node, PoolAdvice pool) {
        switch (pool) {
            case PoolAdvice.Unknown() -> node.put("known", false);
            case PoolAdvice.Given(PoolSize size, int processes) -> size(node, size, processes);
            case PoolAdvice.Probed probed -> {
                size(node, probed.size(), probed.processes());
                measured(node.putObject("alone"), probed.alone());
                measured(node.putObject("together"), probed.together());
                node.put("enough", probed.enough());
            }
        }
    }

    private static void size(ObjectNode node, PoolSize size, int processes) {
        node.put("known", true)
                .put("processes", processes)
                .put("rate_per_second", size.ratePerSecond())
                .put("hold_nanos", size.hold().toNanos())
                .put("busy", size.busy())
                .put("connections", size.connections())
                .put("waiting_probability", size.waiting());
    }

    private static void measured(ObjectNode node, Measured measured) {
        node.put("operation", measured.operation())
                .put("sessions", measured.sessions())
                .put("per_second", measured.perSecond())
                .put("mean_nanos", measured.mean().toNanos())
                .put("p99_nanos", measured.p99().toNanos());
    }

    private static void doubt(ObjectNode node, Advice.DoubtLine line) {
        node.put("advice", line.doubtful().advice())
                .put("effect", line.doubtful().effect().label())
                .put("why", line.doubtful().why());
        ArrayNode seen = node.putArray("seen");
        line.seen().forEach(seen::add);
    }

    @Override
    public void plan(String server, List<Change> changes) {
        ObjectNode root = root(server);
        ArrayNode nodes = root.putArray("changes");
        changes.forEach(change -> change(nodes.addObject(), change));
        out.println(root);
    }

    private static ObjectNode change(ObjectNode node, Change change) {
        switch (change) {
            case Change.SystemSetting it -> node.put("setting", it.setting());
            case Change.TableParameter it ->
                    node.put("table", it.table()).put("parameter", it.parameter());
        }
        node.put("value", change.value());
        if (change.before() instanceof Before.Value(String before)) {
            node.put("before", before);
        }
        return node;
    }

    @Override
    public void applied(String server, List<Outcome> outcomes, Path saved) {
        outcomes(server, outcomes, saved);
    }

    @Override
    public void reverted(String server, List<Outcome> outcomes, Path saved) {
        outcomes(server, outcomes, saved);
    }

    private void outcomes(String server, List<Outcome> outcomes, Path saved) {
        ObjectNode root = root(server).put("saved", saved.toString());
        ArrayNode nodes = root.putArray("changes");
        for (Outcome outcome : outcomes) {
            ObjectNode node = change(nodes.addObject(), outcome.change());
            switch (outcome.result()) {
                case Outcome.Result.InForce() -> node.put("result", "in_force");
                case Outcome.Result.AfterRestart() -> node.put("result", "after_restart");
                case Outcome.Result.Overridden(String source) ->
                        node.put("result", "overridden").put("by", source);
                case Outcome.Result.Restored() -> node.put("result", "restored");
                case Outcome.Result.Unchanged() -> node.put("result", "unchanged");
                case Outcome.Result.ChangedSince(Before now) ->
                        node.put("result", "changed_since").put("now", now.words());
            }
        }
        out.println(root);
    }
}
