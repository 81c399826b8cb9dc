package io.floodmark.store.postgres.tune;

import io.floodmark.store.postgres.tune.Advice.DoubtLine;
import io.floodmark.store.postgres.tune.Advice.SettingLine;
import io.floodmark.store.postgres.tune.Advice.Standing;
import io.floodmark.store.postgres.tune.Advice.TableLine;
import java.util.List;
import java.util.Optional;

/// Compares the rules with a server. Pure: it reads what it is given.
public final class Advisor {

    private Advisor() {}

    /// The recommendations alone, when there is no server to ask.
    public static Advice withoutServer(TuningFacts facts) {
        return new Advice(
                facts,
                TuningRules.recommend(facts).stream()
                        .map(it -> new SettingLine(it, new Standing.Unknown()))
                        .toList(),
                List.of(),
                DoubtfulAdvice.on(facts.role()).stream()
                        .map(it -> new DoubtLine(it, List.of()))
                        .toList());
    }

    /// The recommendations beside what the server has.
    public static Advice compare(TuningFacts facts, ServerProfile server) {
        return new Advice(
                facts,
                TuningRules.recommend(facts).stream()
                        .map(it -> new SettingLine(it, standing(it, server)))
                        .toList(),
                TableRule.ALL.stream()
                        .map(rule -> tableLine(rule, server.tables()))
                        .filter(line -> line.tables() > 0)
                        .toList(),
                DoubtfulAdvice.on(facts.role()).stream()
                        .map(it -> new DoubtLine(it, seen(it, server)))
                        .toList());
    }

    private static Standing standing(Recommendation wanted, ServerProfile server) {
        Optional<PresentSetting> found = server.setting(wanted.setting());
        if (found.isEmpty()) {
            return new Standing.Missing();
        }
        PresentSetting present = found.get();
        if (present.waitsForRestart()) {
            return new Standing.Waits(present.shown());
        }
        return wanted.target().metBy(present.value(), present.unit())
                ? new Standing.Fine(present.shown())
                : new Standing.Differs(present.shown());
    }

    private static TableLine tableLine(TableRule rule, List<PresentTable> tables) {
        List<PresentTable> ofKind =
                tables.stream().filter(table -> table.kind() == rule.kind()).toList();
        List<String> differing =
                ofKind.stream()
                        .filter(table -> !kept(rule, table))
                        .map(PresentTable::name)
                        .toList();
        return new TableLine(rule, ofKind.size(), differing);
    }

    private static boolean kept(TableRule rule, PresentTable table) {
        String present = table.parameters().get(rule.parameter());
        return present != null && rule.target().metBy(present, "");
    }

    private static List<String> seen(Doubtful doubtful, ServerProfile server) {
        return switch (doubtful.sign()) {
            case Doubtful.Sign.None() -> List.of();
            case Doubtful.Sign.IndexOf(Doubtful.Index kind) ->
                    server.indexes().getOrDefault(kind, List.of());
            case Doubtful.Sign.SettingBetween sign ->
                    server.setting(sign.setting())
                            .filter(present -> sign.seenIn(present.value(), present.unit()))
                            .map(present -> List.of(present.name() + " = " + present.shown()))
                            .orElse(List.of());
        };
    }
}
