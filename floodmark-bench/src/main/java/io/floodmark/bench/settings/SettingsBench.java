package io.floodmark.bench.settings;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.bench.harness.Target;
import io.floodmark.local.LocalServerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `bench/settings`.
@Command(
        name = "settings",
        description = {
            "What the values of a setting are worth, tried in interleaved rounds: the median and the spread",
            "of each, and its ratio, round by round, to the first. Servers that are needed are private",
            "ones. A SETTING is one of",
            "  writers, batch-rows, reconnect, batch-age     into PostgreSQL",
            "  compression, linger, kafka-batch              into Kafka",
            "  parser, objects                               in memory",
            "  breaker                                       through an outage of PostgreSQL",
            "  hedge                                         reads of the event store beside a replica that stalls"
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/settings writers",
            "  bench/settings --runs 3 --json compression=none,lz4,zstd linger=0,5",
            "",
            "Exit codes: 0 measured, 1 setup or usage, 4 invalid"
        })
public final class SettingsBench implements Callable<Integer> {
    /// Nothing is demanded: what a setting is worth is the result.
    private static final Target NONE = Target.valueAtLeast(0);

    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "SETTING[=VALUE,...]",
            description = "What to try; without values those of docs/seed-audit.md.")
    private List<String> sweeps = List.of();

    /// Made by [#main], and by tests.
    public SettingsBench() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new SettingsBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return common.run(this::measure);
    }

    private List<Result> measure() throws Exception {
        List<Result> results = new ArrayList<>();
        for (Map.Entry<Setting, List<String>> sweep : parsed().entrySet()) {
            results.addAll(measure(sweep.getKey(), sweep.getValue()));
        }
        return results;
    }

    private Map<Setting, List<String>> parsed() {
        Map<Setting, List<String>> parsed = new LinkedHashMap<>();
        for (String sweep : sweeps) {
            String[] parts = sweep.split("=", 2);
            Setting setting =
                    Setting.named(parts[0])
                            .orElseThrow(() -> common.mistake("there is no setting " + parts[0]));
            parsed.put(
                    setting,
                    parts.length == 1 ? setting.usual() : List.of(parts[1].split(",", -1)));
        }
        return parsed;
    }

    private List<Result> measure(Setting setting, List<String> values) throws Exception {
        double seconds = setting.seconds();
        Duration length = common.length(seconds, seconds / 2);
        common.tell("%s: %s".formatted(setting.label(), setting.what()));
        List<Tried> all = values.stream().map(Tried::none).toList();
        try (Arena arena = setting.open()) {
            arena.warmUp(values, length);
            for (int round = 0; round < common.rounds(); round++) {
                // Back and forth, so that no value always comes after the same other one.
                for (Tried one : round % 2 == 0 ? all : all.reversed()) {
                    Trial trial = arena.measure(one.value, length);
                    common.tell("  %-8s %s".formatted(one.value, told(trial)));
                    one.trials.add(trial);
                }
            }
        } catch (IllegalArgumentException e) {
            throw common.mistake("%s: %s".formatted(setting.label(), e.getMessage()));
        } catch (LocalServerException e) {
            throw new SetupFailure(String.valueOf(e.getMessage()), e);
        }
        Rounds base = all.getFirst().rounds();
        return all.stream().map(one -> result(setting, one, base)).toList();
    }

    /// A value and what came of it so far.
    private record Tried(String value, List<Trial> trials) {
        static Tried none(String value) {
            return new Tried(value, new ArrayList<>());
        }

        Rounds rounds() {
            return new Rounds(trials.stream().map(Trial::value).toList());
        }
    }

    private static String told(Trial trial) {
        StringBuilder line = new StringBuilder("%,.2f".formatted(trial.value()));
        new TreeMap<>(trial.details())
                .forEach((name, number) -> line.append("  %s %,.2f".formatted(name, number)));
        return line.append(trial.valid() ? "" : "  INVALID").toString();
    }

    private static Result result(Setting setting, Tried tried, Rounds base) {
        List<Trial> trials = tried.trials;
        Rounds values = tried.rounds();
        SortedMap<String, Double> details = new TreeMap<>();
        for (String name : trials.getFirst().details().keySet()) {
            List<Double> numbers = trials.stream().map(one -> one.details().get(name)).toList();
            details.put(name, new Rounds(numbers).median());
        }
        details.put("least", values.min());
        details.put("greatest", values.max());
        return new Result(
                "settings.%s.%s".formatted(setting.label(), tried.value),
                setting.unit().toString(),
                values,
                Optional.of(values.over(base)),
                NONE,
                trials.stream().allMatch(Trial::valid),
                details);
    }
}
