package io.floodmark.bench.service;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.bench.harness.Target;
import io.floodmark.load.record.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/ingest-memory`.
@Command(
        name = "ingest-memory",
        description = {
            "Whether an ingestion service's memory stays bounded when it is offered twice of what it can",
            "do. What it cannot take it must turn away with 503, and every event that it says is stored",
            "must be. Looks at the process once a second: its resident memory must stay below the heap's",
            "limit and 256 MiB, requests below 64 MiB (--in-flight), and the last half of the run may take",
            "5 %% more than the first. Counted events are deleted, so that the disk does not fill up."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/ingest-memory",
            "  bench/ingest-memory --quick --json",
            "  bench/ingest-memory --minutes 60 --csv memory.csv",
            "  bench/ingest-memory --minutes 2 --java-options -Xmx256m",
            "",
            "--runs and --seconds mean nothing here.",
            "Exit codes: 0 targets met, 1 setup or usage, 3 a target missed, 4 invalid"
        })
public final class IngestMemory implements Callable<Integer> {
    private static final double MINUTES = 10;
    private static final double MINUTES_QUICK = 0.5;
    private static final double MINUTES_MAX = 24 * 60;
    private static final double TIMES = 2;

    /// More than the requests that a service works on at a time, which are 1,024.
    private static final int CONNECTIONS = 1_300;

    private static final Duration EMPTYING = Duration.ofSeconds(15);
    private static final Duration LOOKING = Duration.ofSeconds(1);
    private static final Duration LOOKING_IN_SHORT_RUNS = Duration.ofMillis(100);
    private static final Duration SHORT_RUN = Duration.ofSeconds(20);

    private static final int LOOKS_MIN = 4;

    private static final int HEAP_MIB = 512;
    private static final Pattern HEAP_OPTION = Pattern.compile("-Xmx(\\d+)m");

    /// The JVM outside its heap: classes, code, threads, the collector, buffers of sockets.
    private static final int OUTSIDE_MIB = 256;

    private static final int IN_FLIGHT_MIB = 64;
    private static final double GROWTH_MAX = 1.05;

    @Mixin private CommonOptions common = new CommonOptions();
    @Mixin private SiteOptions options = new SiteOptions();

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "How long it is offered too much (default: 10, quick: 0.5).")
    private Optional<Double> minutes = Optional.empty();

    @Option(names = "--csv", paramLabel = "FILE", description = "Takes all samples, a line each.")
    private Optional<Path> csv = Optional.empty();

    /// Made by [#main], and by tests.
    public IngestMemory() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new IngestMemory()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Duration length = length();
        return common.run(() -> options.use(common, site -> measure(site, length)));
    }

    private Duration length() {
        double chosen = minutes.orElse(common.either(MINUTES, MINUTES_QUICK));
        if (!(chosen > 0 && chosen <= MINUTES_MAX)) {
            throw common.mistake(
                    "--minutes is %s, allowed: above 0, at most %.0f"
                            .formatted(chosen, MINUTES_MAX));
        }
        return Duration.ofMillis((long) (chosen * 60_000));
    }

    private List<Result> measure(Site site, Duration length) throws Exception {
        Capacity capacity = options.capacity(common, site);
        double offered = TIMES * capacity.events();
        common.tell(
                "offering %,.0f events/s for %,d s by %,d connections"
                        .formatted(offered, length.toSeconds(), CONNECTIONS));
        AtomicLong stored = new AtomicLong();
        Repeated.Task take = () -> stored.addAndGet(site.takeStored().orElse(0));
        MemoryWatch watch = new MemoryWatch(site, every(length));
        Repeated emptying = Repeated.start("emptying", EMPTYING, take);
        Driven driven;
        try (watch;
                emptying) {
            driven = site.drive().flood(offered, CONNECTIONS, length, (_, _) -> {});
        }
        Optional<String> problem = site.stop().or(watch::failure).or(emptying::failure);
        problem.ifPresent(common::tell);
        take.run();
        tell(driven, watch);
        if (watch.looks() < LOOKS_MIN) {
            throw new SetupFailure("the run was too short to look at the memory often enough");
        }
        boolean valid =
                problem.isEmpty() && driven.result().booksClosed() && driven.overloaded() > 0;
        return results(
                watch,
                new Counted(Driven.unaccounted(List.of(driven), stored(stored.get())), valid),
                details(driven, watch, capacity));
    }

    private OptionalLong stored(long count) {
        return options.stores() ? OptionalLong.of(count) : OptionalLong.empty();
    }

    private static Duration every(Duration length) {
        return length.compareTo(SHORT_RUN) < 0 ? LOOKING_IN_SHORT_RUNS : LOOKING;
    }

    private void tell(Driven driven, MemoryWatch watch) throws IOException {
        Account account = driven.result().account();
        common.tell("resident memory: " + watch.plot());
        common.tell(
                "%,d requests due: %,d stored, %,d answered with 503, %,d failed otherwise, %,d found no connection"
                        .formatted(
                                account.due(),
                                account.done(),
                                driven.overloaded(),
                                account.failed() - driven.overloaded(),
                                account.rejected() + account.inQueue()));
        if (csv.isPresent()) {
            watch.writeCsv(csv.get());
        }
    }

    private SortedMap<String, Double> details(Driven driven, MemoryWatch watch, Capacity capacity) {
        Account account = driven.result().account();
        SortedMap<String, Double> details = new TreeMap<>();
        details.put("capacity_events_per_s", capacity.events());
        details.put("stored_events_per_s", driven.acknowledgedPerSecond());
        details.put("requests_due", (double) account.due());
        details.put("requests_stored", (double) account.done());
        details.put("requests_503", (double) driven.overloaded());
        details.put("requests_failed_otherwise", (double) account.failed() - driven.overloaded());
        details.put("requests_without_connection", (double) account.rejected());
        details.put("seconds", driven.result().elapsedSeconds());
        details.put("first_half_mib", watch.meanMib(false));
        details.put("last_half_mib", watch.meanMib(true));
        details.put("heap_mib", watch.mostMib(MemorySample::heap));
        details.put("live_mib", watch.mostMib(MemorySample::live));
        details.put("outside_mib", watch.mostMib(MemorySample::outside));
        return details;
    }

    /// @param unaccounted events
    private record Counted(long unaccounted, boolean valid) {

        Result result(String name, String unit, double value, Target target) {
            return new Result(
                    "ingest-memory." + name,
                    unit,
                    new Rounds(List.of(value)),
                    Optional.empty(),
                    target,
                    valid,
                    new TreeMap<>());
        }
    }

    private List<Result> results(
            MemoryWatch watch, Counted counted, SortedMap<String, Double> details) {
        return List.of(
                new Result(
                        "ingest-memory.resident",
                        "MiB",
                        new Rounds(List.of(watch.mostMib(MemorySample::resident))),
                        Optional.empty(),
                        Target.valueAtMost(heapMib() + OUTSIDE_MIB),
                        counted.valid(),
                        details),
                counted.result(
                        "growth",
                        "last half / first half",
                        watch.meanMib(true) / watch.meanMib(false),
                        Target.valueAtMost(GROWTH_MAX)),
                counted.result(
                        "in-flight",
                        "MiB",
                        watch.mostMib(MemorySample::inFlight),
                        Target.valueAtMost(IN_FLIGHT_MIB)),
                counted.result(
                        "unaccounted",
                        "events",
                        (double) counted.unaccounted(),
                        Target.valueAtMost(0)));
    }

    private int heapMib() {
        return options.javaOptions().stream()
                .map(HEAP_OPTION::matcher)
                .filter(Matcher::matches)
                .map(option -> Integer.parseInt(option.group(1)))
                .reduce((_, last) -> last)
                .orElse(HEAP_MIB);
    }
}
