package io.floodmark.load.config;

import io.floodmark.load.config.RunConfig.Data;
import io.floodmark.load.config.RunConfig.Events;
import io.floodmark.load.config.RunConfig.Ingest;
import io.floodmark.load.postgres.Password;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
                    WorkloadKinds.INGEST,
                    List.of(
                            Settings.SERVICE,
                            Settings.API_KEY,
                            Settings.BATCH,
                            Settings.USERS,
                            Settings.SKEW,
                            Settings.INVALID,
                            Settings.GZIP,
                            Settings.SLOW_TIME,
                            Settings.ACKED_FILE,
                            Settings.SCHEMA),
                    WorkloadKinds.TABLE,
                    List.of(
                            Settings.BATCH_SIZE,
                            Settings.READ_BATCH_SIZE,
                            Settings.TABLE,
                            Settings.SEED_ROWS));

    /// What `floodmark ingest` calls it.
    private static final String SCHEMA_OF_SERVICE = "floodmark";

    private final SettingReader reader;
    private final List<Sign> signs;
    private final Value<String> workload;

    /// A setting that the user gave and that not every workload has.
    ///
    /// @param workloads those that have it
    private record Sign(List<WorkloadKinds> workloads, String setting, Source source) {

        Sign {
            workloads = List.copyOf(workloads);
        }

        static Sign of(WorkloadKinds workload, Setting<?> setting, Source source) {
            return new Sign(List.of(workload), setting.name(), source);
        }

        boolean fits(WorkloadKinds chosen) {
            return workloads.contains(chosen);
        }

        String words() {
            return workloads.stream().map(WorkloadKinds::label).collect(Collectors.joining(", "));
        }
    }

    WorkloadReader(SettingReader reader) {
        this.reader = reader;
        this.signs = signs();
        this.workload = reader.read(Settings.WORKLOAD, this::implied);
        if (!workload.explicit()) {
            strongest().stream().findFirst().ifPresent(this::showImplied);
        }
        WorkloadKinds.named(workload.value()).ifPresent(this::checkSigns);
    }

    /// Those of one workload alone come first: they say more.
    private List<Sign> signs() {
        List<Sign> found = new ArrayList<>();
        OWN.values().stream()
                .flatMap(List::stream)
                .distinct()
                .forEach(setting ->
                        reader.source(setting)
                                .ifPresent(source ->
                                        found.add(
                                                new Sign(
                                                        owners(setting), setting.name(), source))));
        reader.source(Settings.MIX).flatMap(this::signOfMix).ifPresent(found::add);
        found.sort(
                Comparator.comparingInt((Sign sign) -> sign.workloads().size())
                        .thenComparing(sign -> sign.workloads().getFirst())
                        .thenComparingInt(sign -> Settings.names().indexOf(sign.setting())));
        return found;
    }

    private static List<WorkloadKinds> owners(Setting<?> setting) {
        return Arrays.stream(WorkloadKinds.values())
                .filter(one -> OWN.getOrDefault(one, List.of()).contains(setting))
                .toList();
    }

    /// The variables are those of the table workload; another mix tells by its kinds.
    private Optional<Sign> signOfMix(Source source) {
        if (source instanceof Source.Several) {
            return Optional.of(Sign.of(WorkloadKinds.TABLE, Settings.MIX, source));
        }
        return reader.peek(Settings.MIX)
                .map(WorkloadKinds::fitting)
                .filter(fitting -> fitting.size() == 1)
                .map(fitting -> Sign.of(fitting.getFirst(), Settings.MIX, source));
    }

    private List<Sign> strongest() {
        int highest = signs.stream().mapToInt(sign -> sign.source().rank()).max().orElse(0);
        return signs.stream().filter(sign -> sign.source().rank() == highest).toList();
    }

    private String implied() {
        return strongest().stream()
                .findFirst()
                .map(sign -> sign.workloads().getFirst())
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
        List<Sign> others = signs.stream().filter(sign -> !sign.fits(chosen)).toList();
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
                                sign.words(),
                                chosen.label(),
                                sign.workloads().getFirst().label()));
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
                        .anyMatch(sign -> !sign.fits(one));
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
                optional(WorkloadKinds.EVENTS, Settings.REPLICA),
                of(WorkloadKinds.EVENTS, Settings.SCHEMA),
                afterRun);
    }

    Ingest ingest(AfterRun afterRun) {
        Optional<URI> service = optional(WorkloadKinds.INGEST, Settings.SERVICE);
        return new Ingest(
                mix(WorkloadKinds.INGEST),
                service,
                optional(WorkloadKinds.INGEST, Settings.API_KEY).orElse(Password.none()),
                new RunConfig.Traffic(
                        of(WorkloadKinds.INGEST, Settings.BATCH),
                        of(WorkloadKinds.INGEST, Settings.USERS),
                        of(WorkloadKinds.INGEST, Settings.SKEW),
                        of(WorkloadKinds.INGEST, Settings.INVALID),
                        of(WorkloadKinds.INGEST, Settings.GZIP),
                        of(WorkloadKinds.INGEST, Settings.SLOW_TIME)),
                schema(service.isPresent()),
                optional(WorkloadKinds.INGEST, Settings.ACKED_FILE),
                afterRun);
    }

    /// A running service has its own schema; a service that a run starts gets ours.
    private String schema(boolean running) {
        if (running && reader.source(Settings.SCHEMA).isEmpty()) {
            reader.show(Settings.SCHEMA, Value.fallback(SCHEMA_OF_SERVICE));
            return SCHEMA_OF_SERVICE;
        }
        return of(WorkloadKinds.INGEST, Settings.SCHEMA);
    }

    private <T> Optional<T> optional(WorkloadKinds one, Setting<T> setting) {
        if (!chosen(one)) {
            return Optional.empty();
        }
        Optional<Value<T>> given = reader.find(setting);
        given.ifPresent(value -> reader.show(setting, value));
        return given.map(Value::value);
    }
}
