package io.floodmark.cli;

import com.sun.management.OperatingSystemMXBean;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.store.postgres.tune.HoldTimeProbe;
import io.floodmark.store.postgres.tune.HoldTimeProbe.Measured;
import io.floodmark.store.postgres.tune.PoolSize;
import io.floodmark.store.postgres.tune.Role;
import io.floodmark.store.postgres.tune.ServerProfile;
import io.floodmark.store.postgres.tune.TuningFacts;
import io.floodmark.store.postgres.tune.WriteLoad;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The facts for the rules, from what the user said and the server says.
final class TuneFacts {

    /// Sessions beside the pools: monitoring, migrations, a person with psql.
    private static final int RESERVE = 20;

    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final int NEWEST = 18;

    private final TuneRequest request;

    TuneFacts(TuneRequest request) {
        this.request = request;
    }

    /// For a server that is not asked.
    TuningFacts withoutServer(Role role, PoolAdvice pool) {
        Set<String> compressions = Set.of(TuningFacts.COMPRESSION_BUILT_IN);
        return checked(() -> facts(NEWEST, role, pool, compressions));
    }

    /// For a server that was read.
    ///
    /// @param here whether it runs on this machine, so that its size is known
    TuningFacts of(ServerProfile server, PoolAdvice pool, boolean here) {
        if (!here && request.memoryBytes().isEmpty()) {
            throw new ConfigurationException(
                    List.of(
                            "how much memory the server's machine has cannot be asked over SQL; add"
                                    + " --memory, for example --memory 8GB"));
        }
        return checked(
                () -> facts(server.majorVersion(), server.role(), pool, server.walCompressions()));
    }

    private TuningFacts facts(int version, Role role, PoolAdvice pool, Set<String> compressions) {
        int connections = Math.max(TuningFacts.CONNECTIONS_DEFAULT, pool.connections() + RESERVE);
        WriteLoad load =
                request.rate().isPresent()
                        ? new WriteLoad.Known(request.rate().getAsDouble())
                        : new WriteLoad.Unknown();
        return new TuningFacts(
                request.memoryBytes().orElseGet(TuneFacts::memoryOfThisMachine),
                request.cores().orElseGet(() -> Runtime.getRuntime().availableProcessors()),
                version,
                role,
                connections,
                load,
                request.walBytes().orElse(TuningFacts.WAL_BYTES_DEFAULT),
                compressions);
    }

    private static long memoryOfThisMachine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    /// The pools, when no probe is wanted or none is possible.
    PoolAdvice pool() {
        return switch (request.hold()) {
            case TuneRequest.Hold.Given(Duration time) ->
                    new PoolAdvice.Given(size(time), request.processes());
            case TuneRequest.Hold.Unknown() -> new PoolAdvice.Unknown();
            case TuneRequest.Hold.Probe() ->
                    throw new ConfigurationException(
                            List.of(
                                    "--probe needs a server: name one with --url or start one with"
                                            + " floodmark local up"));
        };
    }

    /// The pools, measured on the server if that is wanted.
    PoolAdvice pool(HoldTimeProbe probe) {
        if (!(request.hold() instanceof TuneRequest.Hold.Probe)) {
            return pool();
        }
        Measured alone = probe.measure(1, PROBE);
        PoolSize size = size(alone.mean());
        int sessions =
                Math.min(size.connections() * request.processes(), HoldTimeProbe.SESSIONS_MAX);
        return new PoolAdvice.Probed(
                size, request.processes(), alone, probe.measure(sessions, PROBE));
    }

    private PoolSize size(Duration hold) {
        double share = request.rate().orElseThrow() / request.processes();
        return checked(() -> PoolSize.of(share, hold));
    }

    /// The rules refuse what they are not made for; here it comes from the user.
    private static <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
    }
}
