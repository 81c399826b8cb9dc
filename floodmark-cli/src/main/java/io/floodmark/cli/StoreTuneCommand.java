package io.floodmark.cli;

import io.floodmark.load.config.Loaded;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.tune.Amounts;
import io.floodmark.store.postgres.tune.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `floodmark store tune`: reads the command line; [StoreTuning] does the work.
@Command(
        name = "tune",
        description =
                "Tells what an append-only event store wants from its PostgreSQL server, and why;"
                        + " sets it and takes it back on request.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpWidth = 100,
        footer = {
            "",
            "The server is the one of --url or DB_*, else the running local one, else none:",
            "then only what is recommended is shown.",
            "",
            "Examples:",
            "  floodmark store tune --memory 8GB",
            "  floodmark store tune --url postgresql://postgres@db.example/app --memory 32GB --cores 8",
            "  floodmark store tune --rate 5000 --hold-time 2ms --processes 3",
            "  floodmark store tune --rate 5000 --probe           measures the hold time first",
            "  floodmark store tune --dry-run                     what --apply would change",
            "  floodmark store tune --apply --skip jit",
            "  floodmark store tune --revert",
            "  floodmark store tune --print-conf replica --memory 8GB > replica.conf",
            "",
            "Exit codes: 0 done, 1 setup or usage, or something could not be restored"
        })
final class StoreTuneCommand implements Callable<Integer> {

    private static final int CORES_MAX = 4_096;
    private static final int PROCESSES_MAX = 1_000;

    private final Console console;

    // Picocli replaces the fields with annotations before it calls a command.
    @Spec private CommandSpec spec = CommandSpec.create();

    @ArgGroup(exclusive = true)
    private Action action = new Action();

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "memory that the server may use (8GB); default: that of this machine")
    private @Nullable String memory;

    @Option(
            names = "--cores",
            paramLabel = "N",
            description = "processors that it may use; default: those of this machine")
    private @Nullable Integer cores;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "primary or replica, when there is no server to ask; default primary")
    private @Nullable String role;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "events per second at the busiest time: sizes log and pools")
    private @Nullable Double rate;

    @Option(
            names = "--hold-time",
            paramLabel = "TIME",
            description = "how long an operation holds its connection (2ms)")
    private @Nullable String holdTime;

    @Option(
            names = "--probe",
            description = "measure the hold time on the server, for a second or two")
    private boolean probe;

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "1",
            description = "processes with a pool of their own; default 1")
    private int processes = 1;

    @Option(
            names = "--wal-disk",
            paramLabel = "SIZE",
            description = "most that max_wal_size may ask for; default 32GB")
    private @Nullable String walDisk;

    @Option(
            names = "--skip",
            paramLabel = "NAME",
            description = "leave this setting alone; may be given several times")
    private List<String> skipped = List.of();

    @Option(
            names = "--saved",
            paramLabel = "FILE",
            description = "where --apply keeps what was set before, and --revert finds it")
    private @Nullable Path saved;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            defaultValue = "floodmark",
            description = "schema of the store's tables; default floodmark")
    private String schema = "floodmark";

    @Option(
            names = "--prefix",
            paramLabel = "NAME",
            defaultValue = "",
            description = "what the names of the store's tables begin with; default nothing")
    private String prefix = "";

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    private StoreTuneCommand(Console console) {
        this.console = console;
    }

    static CommandSpec spec(Console console) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new StoreTuneCommand(console));
        SettingOptions.addServerTo(spec);
        return spec;
    }

    /// What to do beside showing; at most one of them.
    private static final class Action {
        @Option(names = "--dry-run", description = "show what --apply would change")
        private boolean dryRun;

        @Option(
                names = "--apply",
                description = "set what differs with ALTER SYSTEM and ALTER TABLE, and reload")
        private boolean apply;

        @Option(names = "--revert", description = "restore what was set before --apply")
        private boolean revert;

        @Option(
                names = "--print-conf",
                paramLabel = "ROLE",
                description =
                        "print a configuration file for a primary or a replica, no server asked")
        private @Nullable String printConf;
    }

    @Override
    public Integer call() {
        StoreTuning tuning = new StoreTuning(console, request());
        String conf = action.printConf;
        if (conf != null) {
            return tuning.print(role(conf));
        }
        Loaded loaded =
                SettingOptions.loadServer(
                        spec.commandLine().getParseResult(), console.environment());
        loaded.notices().forEach(console::progress);
        if (action.revert) {
            return tuning.revert(loaded.config());
        }
        if (action.apply) {
            return tuning.apply(loaded.config());
        }
        return action.dryRun ? tuning.dryRun(loaded.config()) : tuning.show(loaded.config());
    }

    private TuneRequest request() {
        try {
            return new TuneRequest(
                    Optional.ofNullable(memory)
                            .map(size -> OptionalLong.of(Amounts.memory(size)))
                            .orElse(OptionalLong.empty()),
                    cores == null
                            ? OptionalInt.empty()
                            : OptionalInt.of(bounded("--cores", cores, CORES_MAX)),
                    Optional.ofNullable(role).map(this::role).orElse(Role.PRIMARY),
                    rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
                    hold(),
                    bounded("--processes", processes, PROCESSES_MAX),
                    Optional.ofNullable(walDisk)
                            .map(size -> OptionalLong.of(Amounts.memory(size)))
                            .orElse(OptionalLong.empty()),
                    Set.copyOf(skipped),
                    Optional.ofNullable(saved),
                    new StoreNames(schema, prefix),
                    json);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private TuneRequest.Hold hold() {
        if (holdTime != null && probe) {
            throw new IllegalArgumentException(
                    "--hold-time says what --probe would measure; give one of them");
        }
        if (rate == null && (holdTime != null || probe)) {
            throw new IllegalArgumentException(
                    "a pool's size follows from rate and hold time; add --rate");
        }
        if (holdTime != null) {
            Duration given = Amounts.time(holdTime);
            return new TuneRequest.Hold.Given(given);
        }
        return probe ? new TuneRequest.Hold.Probe() : new TuneRequest.Hold.Unknown();
    }

    private static int bounded(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "%s must be in 1..%d, was %d".formatted(option, most, value));
        }
        return value;
    }

    private Role role(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "primary" -> Role.PRIMARY;
            case "replica" -> Role.REPLICA;
            default ->
                    throw new ParameterException(
                            spec.commandLine(), "a role is primary or replica, got '" + text + "'");
        };
    }
}
