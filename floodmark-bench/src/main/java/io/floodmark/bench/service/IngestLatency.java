package io.floodmark.bench.service;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.Target;
import io.floodmark.load.record.Latency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            "its capacity, the highest rate of which it does 99 % in time, and offers half of that. All",
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
        return common.run(() -> options.use(common, this::measure));
    }

    private List<Result> measure(Site site) throws Exception {
        if (load < 1 || load > PERCENT) {
            throw common.mistake("--load is %d, allowed: 1 to 100".formatted(load));
        }
        Duration length = common.length(SECONDS, SECONDS_QUICK);
        Capacity capacity = options.capacity(common, site);
        double offered = capacity.events() * load / PERCENT;
        common.tell("offering %,.0f events/s".formatted(offered));
        List<Driven> rounds = new ArrayList<>();
        boolean valid = true;
        Meters before = site.meters();
        for (int number = 0; number < common.rounds(); number++) {
            Driven driven = site.drive().open(offered, length, (_, _) -> {});
            valid &= driven.clean() && driven.unaccounted(site.takeStored()) == 0;
            rounds.add(driven);
            tell(driven);
        }
        SortedMap<String, Double> details = details(rounds, capacity, offered);
        Meters after = site.meters();
        STAGES.forEach(stage -> details.put("mean_ms_" + stage, after.stageMillis(stage, before)));
        Optional<String> problem = site.stop();
        problem.ifPresent(common::tell);
        return List.of(
                new Result(
                        "ingest-latency.p99",
                        "ms",
                        each(rounds, driven -> response(driven).p99().millis()),
                        Optional.empty(),
                        TARGET,
                        valid && problem.isEmpty(),
                        details));
    }

    private static Latency response(Driven driven) {
        return driven.result().total().response();
    }

    private static Rounds each(List<Driven> rounds, ToDoubleFunction<Driven> number) {
        return new Rounds(rounds.stream().map(number::applyAsDouble).toList());
    }

    private void tell(Driven driven) {
        Latency response = response(driven);
        common.tell(
                "%,.0f events/s stored: p50 %.2f, p99 %.2f, p99.9 %.2f, max %.1f ms; %.1f %% disturbed"
                        .formatted(
                                driven.acknowledgedPerSecond(),
                                response.p50().millis(),
                                response.p99().millis(),
                                response.p999().millis(),
                                response.max().millis(),
                                disturbed(driven)));
    }

    /// Arrivals in percent that the generator itself served late.
    private static double disturbed(Driven driven) {
        return 100.0 * driven.result().disturbed() / driven.result().account().due();
    }

    private static SortedMap<String, Double> details(
            List<Driven> rounds, Capacity capacity, double offered) {
        SortedMap<String, Double> details = new TreeMap<>();
        details.put("capacity_events_per_s", capacity.events());
        details.put("closed_loop_events_per_s", capacity.closedLoop());
        details.put("offered_events_per_s", offered);
        details.put("connections", (double) Drive.CONNECTIONS);
        details.put("disturbed_percent", each(rounds, IngestLatency::disturbed).median());
        spread(details, "p50", each(rounds, driven -> response(driven).p50().millis()));
        spread(details, "p999", each(rounds, driven -> response(driven).p999().millis()));
        spread(details, "max", each(rounds, driven -> response(driven).max().millis()));
        return details;
    }

    private static void spread(SortedMap<String, Double> details, String name, Rounds rounds) {
        details.put(name, rounds.median());
        details.put(name + "_least", rounds.min());
        details.put(name + "_most", rounds.max());
    }
}
