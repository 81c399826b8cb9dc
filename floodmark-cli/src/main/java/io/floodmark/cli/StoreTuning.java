package io.floodmark.cli;

import io.floodmark.load.config.RunConfig;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.Password;
import io.floodmark.load.time.SystemTime;
import io.floodmark.local.LocalCluster;
import io.floodmark.local.LocalServerException;
import io.floodmark.local.ServerAddress;
import io.floodmark.local.ServerState;
import io.floodmark.store.postgres.tune.Advice;
import io.floodmark.store.postgres.tune.Advisor;
import io.floodmark.store.postgres.tune.Change;
import io.floodmark.store.postgres.tune.ConfigFile;
import io.floodmark.store.postgres.tune.HoldTimeProbe;
import io.floodmark.store.postgres.tune.Outcome;
import io.floodmark.store.postgres.tune.Role;
import io.floodmark.store.postgres.tune.ServerProfile;
import io.floodmark.store.postgres.tune.TunedServer;
import io.floodmark.store.postgres.tune.TuningFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What `floodmark store tune` does.
final class StoreTuning {

    private static final int NOT_RESTORED = 1;

    private final Console console;
    private final TuneRequest request;
    private final TuneFacts facts;
    private final TuneOutput output;

    StoreTuning(Console console, TuneRequest request) {
        this.console = console;
        this.request = request;
        this.facts = new TuneFacts(request);
        this.output = request.json() ? new TuneJson(console.out()) : new TuneText(console.out());
    }

    /// Prints a configuration file.
    int print(Role role) {
        TuningFacts known = facts.withoutServer(role, facts.pool());
        String command =
                String.format(
                        Locale.ROOT,
                        "floodmark store tune --print-conf %s --memory %s --cores %d",
                        role.name().toLowerCase(Locale.ROOT),
                        io.floodmark.store.postgres.tune.Amounts.words(known.memoryBytes()),
                        known.cores());
        console.out().print(ConfigFile.of(known, command));
        return 0;
    }

    /// Prints what is recommended, beside what the server has if there is one.
    int show(RunConfig config) {
        Optional<ConnectionTarget> target = target(config);
        if (target.isEmpty()) {
            PoolAdvice pool = facts.pool();
            Advice advice = Advisor.withoutServer(facts.withoutServer(request.role(), pool));
            output.advice("no server", advice, pool);
            return 0;
        }
        try (TunedServer server = open(target.get())) {
            Seen seen = look(server, target.get());
            output.advice(seen.name(), seen.advice(), seen.pool());
            return 0;
        }
    }

    /// Prints what [#apply] would change.
    int dryRun(RunConfig config) {
        ConnectionTarget target = needed(config);
        try (TunedServer server = open(target)) {
            Seen seen = look(server, target);
            output.plan(seen.name(), server.plan(seen.advice(), request.skipped()));
            return 0;
        }
    }

    /// Makes the changes.
    int apply(RunConfig config) {
        ConnectionTarget target = needed(config);
        try (TunedServer server = open(target)) {
            Seen seen = look(server, target);
            List<Change> changes = server.plan(seen.advice(), request.skipped());
            if (changes.isEmpty()) {
                output.plan(seen.name(), changes);
                return 0;
            }
            Path saved = saved(target);
            output.applied(seen.name(), server.apply(changes, saved), saved);
            return 0;
        }
    }

    /// Restores what was set before.
    int revert(RunConfig config) {
        ConnectionTarget target = needed(config);
        Path saved = saved(target);
        try (TunedServer server = open(target)) {
            List<Outcome> outcomes = server.revert(saved);
            output.reverted(target.describe(), outcomes, saved);
            boolean all =
                    outcomes.stream()
                            .map(Outcome::result)
                            .noneMatch(Outcome.Result.ChangedSince.class::isInstance);
            return all ? 0 : NOT_RESTORED;
        }
    }

    /// What was seen of a server.
    private record Seen(String name, Advice advice, PoolAdvice pool) {}

    private Seen look(TunedServer server, ConnectionTarget target) {
        ServerProfile profile = server.profile();
        HoldTimeProbe probe =
                new HoldTimeProbe(target::open, profile.role(), SystemTime.INSTANCE::nanos);
        PoolAdvice pool = facts.pool(probe);
        TuningFacts known = facts.of(profile, pool, here(target));
        String name = "PostgreSQL " + profile.version() + " at " + target.describe();
        return new Seen(name, Advisor.compare(known, profile), pool);
    }

    private TunedServer open(ConnectionTarget target) {
        return TunedServer.open(target::open, request.store());
    }

    private Path saved(ConnectionTarget target) {
        String host = target.host().replaceAll("[^A-Za-z0-9.-]", "_");
        return request.saved()
                .orElse(Path.of("floodmark-tune-%s-%d.properties".formatted(host, target.port())));
    }

    private static boolean here(ConnectionTarget target) {
        return target.host().equals("localhost")
                || target.host().startsWith("127.")
                || target.host().equals("::1");
    }

    private static ConnectionTarget needed(RunConfig config) {
        return target(config)
                .orElseThrow(() ->
                        new io.floodmark.load.config.ConfigurationException(
                                List.of(
                                        "there is no server to change: name one with --url"
                                                + " or DB_HOST, or start one with"
                                                + " floodmark local up")));
    }

    private static Optional<ConnectionTarget> target(RunConfig config) {
        return config.connection()
                .map(it ->
                        new ConnectionTarget(
                                it.host(),
                                it.port(),
                                it.database(),
                                it.user(),
                                it.password(),
                                it.sslMode(),
                                ConnectionTarget.DEFAULT_APPLICATION_NAME))
                .or(StoreTuning::local);
    }

    private static Optional<ConnectionTarget> local() {
        try {
            return LocalCluster.ofUser().status().primary() instanceof ServerState.Running running
                    ? Optional.of(local(running.address()))
                    : Optional.empty();
        } catch (LocalServerException _) {
            // An account that cannot have a local server has none.
            return Optional.empty();
        }
    }

    private static ConnectionTarget local(ServerAddress address) {
        return ConnectionTarget.of(
                address.host(),
                address.port(),
                address.database(),
                address.user(),
                Password.of(address.password()));
    }
}
