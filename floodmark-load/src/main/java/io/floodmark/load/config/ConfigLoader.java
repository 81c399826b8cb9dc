package io.floodmark.load.config;

import io.floodmark.load.config.ArrivalText.Form;
import io.floodmark.load.config.RunConfig.Connection;
import io.floodmark.load.config.RunConfig.Events;
import io.floodmark.load.config.RunConfig.Load;
import io.floodmark.load.config.RunConfig.Output;
import io.floodmark.load.config.RunConfig.Pool;
import io.floodmark.load.engine.QueuePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a [RunConfig] from flags, environment, `.env` file, scenario and defaults; the earlier
/// wins.
///
/// All mistakes are told at once. Nothing invalid is repaired and nothing contradictory guessed.
public final class ConfigLoader {

    private final ConfigInputs inputs;
    private final SettingReader reader;

    private ConfigLoader(ConfigInputs inputs, SettingReader reader) {
        this.inputs = inputs;
        this.reader = reader;
    }

    /// Loads a configuration.
    ///
    /// @throws ConfigurationException with one line for each mistake
    public static Loaded load(ConfigInputs inputs) {
        List<String> problems = new ArrayList<>(NameChecks.flags(inputs.flags().keySet()));
        DotEnv dotEnv = dotEnv(inputs, problems);
        Scenario scenario = scenario(inputs, problems);
        SettingReader reader =
                new SettingReader(
                        new Candidates(inputs.flags(), inputs.environment(), dotEnv, scenario));
        NameChecks.environment(inputs.environment().keySet()).forEach(reader::notice);
        NameChecks.dotEnv(dotEnv).forEach(reader::notice);
        RunConfig config = new ConfigLoader(inputs, reader).assemble();
        problems.addAll(reader.problems());
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Loaded(config, reader.resolved(), reader.notices());
    }

    private static DotEnv dotEnv(ConfigInputs inputs, List<String> problems) {
        try {
            if (inputs.dotEnv().isPresent()) {
                DotEnv file =
                        DotEnv.parse(TextFile.read(inputs.dotEnv().get(), "environment file"));
                problems.addAll(file.problems());
                return file;
            }
        } catch (InvalidFile problem) {
            problems.add(problem.line());
        }
        return DotEnv.NONE;
    }

    private static Scenario scenario(ConfigInputs inputs, List<String> problems) {
        try {
            if (inputs.scenario().isPresent()) {
                Path path = inputs.scenario().get();
                Optional<TextFile> preset = Presets.find(path.toString());
                Scenario file =
                        Scenario.parse(
                                preset.isPresent()
                                        ? preset.get()
                                        : TextFile.read(path, "scenario"));
                problems.addAll(file.problems());
                return file;
            }
        } catch (InvalidFile problem) {
            problems.add(problem.line());
        }
        return Scenario.NONE;
    }

    private RunConfig assemble() {
        Optional<Connection> connection = new ConnectionReader(reader, inputs.environment()).read();
        Value<Integer> workers = reader.read(Settings.WORKERS);
        WorkloadReader workload = new WorkloadReader(reader);
        AfterRun afterRun = afterRun();
        Events events = workload.events(afterRun);
        checkReplica(connection, events);
        return new RunConfig(
                connection,
                pool(workers),
                load(workload.workload(), workers),
                workload.data(afterRun),
                events,
                workload.ingest(afterRun),
                output(),
                reader.read(Settings.YES).value());
    }

    private Pool pool(Value<Integer> workers) {
        Value<Integer> max = reader.read(Settings.MAX_CONNECTIONS, workers::value);
        Value<Integer> idle = reader.read(Settings.IDLE_CONNECTIONS, max::value);
        if (max.sound() && idle.sound() && workers.sound() && idle.value() > max.value()) {
            reader.problem(
                    reader.told(Settings.IDLE_CONNECTIONS, idle)
                            + " is more than "
                            + reader.told(Settings.MAX_CONNECTIONS, max)
                            + "; lower the first or raise the second");
        }
        int free = reader.read(Settings.MIN_FREE_CONNECTIONS).value();
        return new Pool(max.value(), idle.value(), free);
    }

    private void checkReplica(Optional<Connection> connection, Events events) {
        boolean wanted = events.readFrom() == ReadFrom.REPLICA;
        if (wanted && connection.isPresent() && events.replica().isEmpty()) {
            reader.problem(
                    "read-from replica needs to know the replica of %s; name it with --replica HOST[:PORT]"
                            .formatted(connection.get().target()));
        }
        if (events.replica().isPresent() && connection.isEmpty()) {
            reader.problem(
                    "replica names a server, but there is no server that it could be a replica of; give --url or --host, or leave it out: a private server starts its own");
        }
    }

    private Load load(String workload, Value<Integer> workers) {
        Value<ArrivalText> arrival = reader.read(Settings.ARRIVAL);
        Value<QueuePolicy> policy = reader.read(Settings.QUEUE_POLICY);
        Value<Optional<Duration>> deadline = reader.read(Settings.DEADLINE);
        if (policy.value() == QueuePolicy.SKIP_LATE && deadline.value().isEmpty()) {
            reader.problem(
                    reader.told(Settings.QUEUE_POLICY, policy)
                            + " needs a deadline, but there is "
                            + reader.told(Settings.DEADLINE, deadline));
        }
        return new Load(
                workload,
                rate(arrival),
                arrival.value().text(),
                duration(arrival),
                workers.value(),
                reader.read(Settings.QUEUE).value(),
                policy.value(),
                deadline.value(),
                reader.read(Settings.SEED, inputs.seeds()::getAsLong).value(),
                reader.read(Settings.CALIBRATE).value());
    }

    private double rate(Value<ArrivalText> arrival) {
        Value<Double> rate = reader.read(Settings.RATE);
        Form form = arrival.value().form();
        if (!form.usesRate()) {
            contradiction(
                    Settings.RATE,
                    rate,
                    arrival,
                    form == Form.CLOSED
                            ? "a closed loop has no rate"
                            : "this arrival process carries its own rates");
            reader.show(new Resolved(Settings.RATE.name(), "", rate.source()));
        }
        return rate.value();
    }

    private Duration duration(Value<ArrivalText> arrival) {
        Value<Duration> duration = reader.read(Settings.DURATION);
        Optional<Duration> length = arrival.value().length();
        if (length.isEmpty()) {
            return duration.value();
        }
        contradiction(Settings.DURATION, duration, arrival, "steps carry their own lengths");
        reader.show(Settings.DURATION, new Value<>(length.get(), arrival.source(), true));
        return length.get();
    }

    private <T> void contradiction(
            Setting<T> setting, Value<T> value, Value<ArrivalText> arrival, String reason) {
        if (value.explicit()) {
            reader.problem(
                    reader.told(setting, value)
                            + " contradicts "
                            + reader.told(Settings.ARRIVAL, arrival)
                            + ": "
                            + reason
                            + "; leave one of them out");
        }
    }

    /// Two names of one decision: the higher source wins, one source must not say both.
    private AfterRun afterRun() {
        Value<Boolean> keep = reader.read(Settings.KEEP);
        Value<Boolean> drop = reader.read(Settings.DROP);
        boolean same = keep.source().rank() == drop.source().rank();
        if (keep.explicit() && same && keep.value().equals(drop.value())) {
            reader.problem(
                    reader.told(Settings.KEEP, keep)
                            + " contradicts "
                            + reader.told(Settings.DROP, drop)
                            + "; leave one of them out");
        }
        boolean dropWins = drop.source().rank() > keep.source().rank();
        Source source = dropWins ? drop.source() : keep.source();
        boolean kept = dropWins ? !drop.value() : keep.value();
        reader.show(Settings.KEEP, new Value<>(kept, source, true));
        reader.show(Settings.DROP, new Value<>(!kept, source, true));
        if (kept) {
            return AfterRun.KEEP;
        }
        return source.explicit() ? AfterRun.DROP : AfterRun.DROP_UNLESS_KEPT;
    }

    private Output output() {
        return new Output(
                reader.read(Settings.OUT).value(),
                reader.readList(Settings.THRESHOLD),
                reader.read(Settings.JSON).value(),
                Duration.ofSeconds(reader.read(Settings.REPORT_INTERVAL).value()));
    }
}
