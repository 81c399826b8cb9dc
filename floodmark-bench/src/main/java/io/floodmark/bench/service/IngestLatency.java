package io.floodmark.bench.service;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/ingest-latency`.
@Command(
        name = "ingest-latency",
        description = {
            "How long requests to an ingestion service take at half of what it can do, from the moment",
            "when each was due. Starts the service in a process of its own before a private server, finds",
            "its capacity, the highest rate of which it does 99 %% in time, and offers half of that. All",
            "requests are batches; server, service and generator share the machine."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/ingest-latency",
            "  bench/ingest-latency --quick --json",
            "  bench/ingest-latency --sink kafka --load 70",
            "  bench/ingest-latency --capacity 80000 --runs 3 --seconds 20",
            "",
            "Exit codes: 0 target met, 1 setup or usage, 3 the target missed, 4 invalid"
        })
public final class IngestLatency implements Callable<Integer> {
    private static final double SECONDS = 12;
    private static final double SECONDS_QUICK = 5;
    private static final int PERCENT = 100;
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final double P999 = 99.9;
    private static final double MAX = 100;
    private static final Target TARGET = Target.valueAtMost(20);
    private static final List<String> STAGES =
            List.of("request", "admission", "read", "parse", "wait", "answer", "queue", "sink");

    @Mixin private CommonOptions common = new CommonOptions();
    @Mixin private SiteOptions options = new SiteOptions();

    @Option(
            names = "--load",
            paramLabel = "PERCENT",
            defaultValue = "50",
            description = "What is offered, of the capacity (default: ${DEFAULT-VALUE}).")
    private int load = 50;

    /// Made by [#main], and by tests.
    public IngestLatency() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new IngestLatency()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (load < 1 || load > PERCENT) {
            throw common.mistake("--load is %d, allowed: 1 to 100".formatted(load));
        }
        Duration length = common.length(SECONDS, SECONDS_QUICK);
        if (length.toSeconds() < 1) {
            throw common.mistake("--seconds must be at least 1 here");
        }
        return common.run(() ->
                options.use(common, site -> measure(site, length.plus(SteadyLatency.LEAD_IN))));
    }

    /// One round.
    private record Round(Driven driven, SteadyLatency latency) {

        double millis(double percentile) {
            return latency.millis(percentile);
        }

        /// Arrivals in percent that the generator itself served late.
        double disturbed() {
            return 100.0 * driven.result().disturbed() / driven.result().account().due();
        }

        @Override
        public String toString() {
            return "%,.0f events/s stored: p50 %.2f, p99 %.2f, p99.9 %.2f, max %.1f ms; %.1f %% disturbed"
                    .formatted(
                            driven.acknowledgedPerSecond(),
                            millis(P50),
                            millis(P99),
                            millis(P999),
                            millis(MAX),
                            disturbed());
        }
    }

    private List<Result> measure(Site site, Duration length) throws Exception {
        Capacity capacity = options.capacity(common, site);
        double offered = capacity.events() * load / PERCENT;
        common.tell("offering %,.0f events/s".formatted(offered));
        List<Round> rounds = new ArrayList<>();
        Meters before = site.meters();
        for (int number = 0; number < common.rounds(); number++) {
            site.settle();
            SteadyLatency latency = new SteadyLatency();
            rounds.add(new Round(site.drive().open(offered, length, latency), latency));
            common.tell(rounds.getLast().toString());
        }
        Meters after = site.meters();
        SortedMap<String, Double> details = details(rounds, capacity, offered);
        STAGES.forEach(stage -> details.put("mean_ms_" + stage, after.stageMillis(stage, before)));
        List<Driven> driven = rounds.stream().map(Round::driven).toList();
        OptionalLong stored = site.takeStored();
        Optional<String> problem = site.stop().or(() -> Driven.complaint(driven, stored));
        problem.ifPresent(common::tell);
        return List.of(
                new Result(
                        "ingest-latency.p99",
                        "ms",
                        each(rounds, round -> round.millis(P99)),
                        Optional.empty(),
                        TARGET,
                        problem.isEmpty(),
                        details));
    }

    private static Rounds each(List<Round> rounds, ToDoubleFunction<Round> number) {
        return new Rounds(rounds.stream().map(number::applyAsDouble).toList());
    }

    private static SortedMap<String, Double> details(
            List<Round> rounds, Capacity capacity, double offered) {
        SortedMap<String, Double> details = new TreeMap<>();
        details.put("capacity_events_per_s", capacity.events());
        details.put("closed_loop_events_per_s", capacity.closedLoop());
        details.put("offered_events_per_s", offered);
        details.put("connections", (double) Drive.CONNECTIONS);
        details.put("disturbed_percent", each(rounds, Round::disturbed).median());
        details.put(
                "generator_pause_ms",
                each(rounds, round -> round.driven().result().generator().pauseMillisMax()).max());
        spread(details, "p50", each(rounds, round -> round.millis(P50)));
        spread(details, "p999", each(rounds, round -> round.millis(P999)));
        spread(details, "max", each(rounds, round -> round.millis(MAX)));
        return details;
    }

    private static void spread(SortedMap<String, Double> details, String name, Rounds rounds) {
        details.put(name, rounds.median());
        details.put(name + "_least", rounds.min());
        details.put(name + "_most", rounds.max());
    }
}
