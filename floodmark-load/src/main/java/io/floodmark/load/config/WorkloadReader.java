package io.floodmark.load.config;

import io.floodmark.load.config.RunConfig.Data;
import io.floodmark.load.config.RunConfig.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds out which workload is wanted, and reads what belongs to it alone.
///
/// A workload that nobody names is the one that the highest source with a setting of one workload
/// alone belongs to (so an `.env` file with `BATCH_SIZE` means `table`), else `events`. Settings of
/// other workloads are refused where they contradict the choice in one breath, as flags or in one
/// scenario; variables, which linger, are passed over with a notice. One thread, one configuration.
final class WorkloadReader {

    private static final Map<WorkloadKinds, List<Setting<?>>> OWN =
            Map.of(
                    WorkloadKinds.EVENTS,
                    List.of(
                            Settings.BOOKS,
                            Settings.READERS,
                            Settings.LOAN_LIMIT,
                            Settings.CONTENDED,
                            Settings.HOT_SET,
                            Settings.CONFLICT_RETRIES,
                            Settings.READ_FROM,
                            Settings.REPLICA,
                            Settings.SCHEMA),
                    WorkloadKinds.TABLE,
                    List.of(
                            Settings.BATCH_SIZE,
                            Settings.READ_BATCH_SIZE,
                            Settings.TABLE,
                            Settings.SEED_ROWS));

    private final SettingReader reader;
    private final List<Sign> signs;
    private final Value<String> workload;

    /// A setting that the user gave and that only one workload has.
    private record Sign(WorkloadKinds workload, String setting, Source source) {}

    WorkloadReader(SettingReader reader) {
        this.reader = reader;
        this.signs = signs();
        this.workload = reader.read(Settings.WORKLOAD, this::implied);
        if (!workload.explicit()) {
            strongest().stream().findFirst().ifPresent(this::showImplied);
        }
        WorkloadKinds.named(workload.value()).ifPresent(this::checkSigns);
    }

    private List<Sign> signs() {
        List<Sign> found = new ArrayList<>();
        for (WorkloadKinds one : WorkloadKinds.values()) {
            for (Setting<?> setting : OWN.getOrDefault(one, List.of())) {
                reader.source(setting)
                        .ifPresent(source -> found.add(new Sign(one, setting.name(), source)));
            }
        }
        reader.source(Settings.MIX).flatMap(this::signOfMix).ifPresent(found::add);
        return found;
    }

    /// The variables are those of the table workload; another mix tells by its kinds.
    private Optional<Sign> signOfMix(Source source) {
        if (source instanceof Source.Several) {
            return Optional.of(new Sign(WorkloadKinds.TABLE, Settings.MIX.name(), source));
        }
        return reader.peek(Settings.MIX)
                .map(WorkloadKinds::fitting)
                .filter(fitting -> fitting.size() == 1)
                .map(fitting -> new Sign(fitting.getFirst(), Settings.MIX.name(), source));
    }

    private List<Sign> strongest() {
        int highest = signs.stream().mapToInt(sign -> sign.source().rank()).max().orElse(0);
        return signs.stream().filter(sign -> sign.source().rank() == highest).toList();
    }

    private String implied() {
        return strongest().stream()
                .findFirst()
                .map(Sign::workload)
                .orElse(WorkloadKinds.EVENTS)
                .label();
    }

    private void showImplied(Sign sign) {
        reader.show(Settings.WORKLOAD, new Value<>(workload.value(), sign.source(), true));
    }

    private void checkSigns(WorkloadKinds chosen) {
        Source choice =
                workload.explicit()
                        ? workload.source()
                        : strongest().stream()
                                .findFirst()
                                .map(Sign::source)
                                .orElse(new Source.Default());
        List<Sign> others = signs.stream().filter(sign -> sign.workload() != chosen).toList();
        others.stream()
                .filter(sign -> contradicts(sign.source(), choice))
                .forEach(sign -> refuse(sign, chosen));
        String passedOver =
                others.stream()
                        .filter(sign -> !contradicts(sign.source(), choice))
                        .map(sign -> sign.setting() + " (" + sign.source().label() + ")")
                        .collect(Collectors.joining(", "));
        if (!passedOver.isEmpty()) {
            reader.notice(
                    "the workload is %s; of no effect are %s"
                            .formatted(chosen.label(), passedOver));
        }
    }

    private static boolean contradicts(Source other, Source choice) {
        return switch (other) {
            case Source.Flag _ -> true;
            case Source.ScenarioKey _ -> choice instanceof Source.ScenarioKey;
            case Source.Environment _, Source.DotEnvLine _, Source.Several _, Source.Default _ ->
                    false;
        };
    }

    private void refuse(Sign sign, WorkloadKinds chosen) {
        reader.problem(
                "%s from %s belongs to the workload %s, but the workload is %s; leave it out, or say --workload %s"
                        .formatted(
                                sign.setting(),
                                sign.source().label(),
                                sign.workload().label(),
                                chosen.label(),
                                sign.workload().label()));
    }

    String workload() {
        return workload.value();
    }

    private boolean chosen(WorkloadKinds one) {
        return workload.value().equals(one.label());
    }

    /// The value given, or the default; of another workload the default, and nothing is shown.
    private <T> T of(WorkloadKinds one, Setting<T> setting) {
        return chosen(one) ? reader.read(setting).value() : SettingReader.fixed(setting);
    }

    private Mix mix(WorkloadKinds one) {
        Mix usual = SettingReader.parsed(Settings.MIX, one.usualMix());
        boolean foreign =
                signs.stream()
                        .filter(sign -> sign.setting().equals(Settings.MIX.name()))
                        .anyMatch(sign -> sign.workload() != one);
        if (!chosen(one)) {
            return usual;
        }
        if (foreign) {
            reader.show(Settings.MIX, Value.fallback(usual));
            return usual;
        }
        return reader.read(Settings.MIX, () -> usual).value();
    }

    Data data(AfterRun afterRun) {
        return new Data(
                of(WorkloadKinds.TABLE, Settings.TABLE),
                of(WorkloadKinds.TABLE, Settings.BATCH_SIZE),
                of(WorkloadKinds.TABLE, Settings.READ_BATCH_SIZE),
                mix(WorkloadKinds.TABLE),
                of(WorkloadKinds.TABLE, Settings.SEED_ROWS),
                afterRun);
    }

    Events events(AfterRun afterRun) {
        return new Events(
                mix(WorkloadKinds.EVENTS),
                new RunConfig.Library(
                        of(WorkloadKinds.EVENTS, Settings.BOOKS),
                        of(WorkloadKinds.EVENTS, Settings.READERS),
                        of(WorkloadKinds.EVENTS, Settings.LOAN_LIMIT)),
                new RunConfig.Contention(
                        of(WorkloadKinds.EVENTS, Settings.CONTENDED),
                        of(WorkloadKinds.EVENTS, Settings.HOT_SET),
                        of(WorkloadKinds.EVENTS, Settings.CONFLICT_RETRIES)),
                of(WorkloadKinds.EVENTS, Settings.READ_FROM),
                replica(),
                of(WorkloadKinds.EVENTS, Settings.SCHEMA),
                afterRun);
    }

    private Optional<HostAndPort> replica() {
        if (!chosen(WorkloadKinds.EVENTS)) {
            return Optional.empty();
        }
        Optional<Value<HostAndPort>> given = reader.find(Settings.REPLICA);
        given.ifPresent(value -> reader.show(Settings.REPLICA, value));
        return given.map(Value::value);
    }
}
