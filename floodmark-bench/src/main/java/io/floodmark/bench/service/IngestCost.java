package io.floodmark.bench.service;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.Target;
import io.floodmark.load.time.SystemTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.DoubleBinaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/ingest-cost`.
@Command(
        name = "ingest-cost",
        description = {
            "What storing an event costs in processor time, at rates from a thousand events a second to",
            "nine tenths of what the service can do: service and server together, read from /proc of Linux in units",
            "of 10 ms, the generator apart. All requests hold the same number of events. What a service",
            "does without any event is told, too: it is why low rates cost more for each."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/ingest-cost",
            "  bench/ingest-cost --quick --json",
            "  bench/ingest-cost --sink none --rates 1000,100000,500000",
            "",
            "Exit codes: 0 target met, 1 setup or usage, 3 the target missed, 4 invalid"
        })
public final class IngestCost implements Callable<Integer> {
    private static final double SECONDS = 6;

    /// Shorter rounds end while requests still wait in the queue.
    private static final double SECONDS_QUICK = 4;

    private static final List<Integer> RATES = List.of(1_000, 5_000, 20_000, 50_000, 100_000);
    private static final List<Integer> RATES_QUICK = List.of(1_000, 20_000);

    /// The share of the capacity that counts as capacity. At all of it a moment's stall leaves
    /// requests in the queue at the end, of which nobody knows how much of their cost is counted.
    private static final double NEAR_CAPACITY = 0.9;

    private static final double MICROS = 1e6;
    private static final double MILLIS = 1e3;

    /// At capacity an event may cost this much of what it costs where it is cheapest.
    private static final Target TARGET = Target.ratioAtMost(1.1);

    @Mixin private CommonOptions common = new CommonOptions();
    @Mixin private SiteOptions options = new SiteOptions();

    @Option(
            names = "--rates",
            paramLabel = "N,...",
            split = ",",
            description = {
                "Events a second below the capacity, which is measured in any case",
                "(default: 1000,5000,20000,50000,100000; quick: 1000,20000)."
            })
    private List<Integer> rates = List.of();

    /// Made by [#main], and by tests.
    public IngestCost() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new IngestCost()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (!rates.stream().allMatch(rate -> rate > 0)) {
            throw common.mistake("--rates are %s, allowed: above 0".formatted(rates));
        }
        return common.run(() -> options.use(common, this::measure));
    }

    /// What an event cost in one round, in microseconds.
    private record Cost(double service, double sink, double generator) {
        double storing() {
            return service + sink;
        }
    }

    private List<Result> measure(Site site) throws Exception {
        Duration length = common.length(SECONDS, SECONDS_QUICK);
        Capacity capacity = options.capacity(common, site);
        SortedMap<String, Double> details = new TreeMap<>();
        details.put("capacity_events_per_s", capacity.events());
        details.put("idle_cpu_ms_per_s", MILLIS * idle(site, length));
        Map<Double, List<Cost>> costs = new LinkedHashMap<>();
        Optional<String> problem = Optional.empty();
        for (int number = 0; number < common.rounds(); number++) {
            for (double rate : rates(capacity)) {
                site.settle();
                CpuTimes before = site.cpuTimes();
                Driven driven = site.drive().open(rate, length, (_, _) -> {});
                Cost cost = cost(site.cpuTimes().since(before), driven.acknowledged());
                OptionalLong stored = site.takeStored();
                problem = problem.or(() -> Driven.complaint(List.of(driven), stored));
                costs.computeIfAbsent(rate, _ -> new ArrayList<>()).add(cost);
            }
            common.tell("round %d of %d done".formatted(number + 1, common.rounds()));
        }
        Optional<String> ended = site.stop();
        Optional<String> wrong = problem.or(() -> ended);
        wrong.ifPresent(common::tell);
        return List.of(result(costs, wrong.isEmpty(), details));
    }

    private List<Double> rates(Capacity capacity) {
        List<Integer> wanted = rates.isEmpty() ? common.either(RATES, RATES_QUICK) : rates;
        List<Double> all = new ArrayList<>();
        wanted.stream()
                .filter(rate -> rate < NEAR_CAPACITY * capacity.events())
                .forEach(rate -> all.add((double) rate));
        all.add(NEAR_CAPACITY * capacity.events());
        return all;
    }

    /// Seconds of processor time a second while nothing is sent.
    private static double idle(Site site, Duration length) throws Exception {
        CpuTimes before = site.cpuTimes();
        long start = SystemTime.INSTANCE.nanos();
        long end = start + length.toNanos();
        while (SystemTime.INSTANCE.nanos() < end) {
            SystemTime.INSTANCE.parkUntil(end);
        }
        double seconds = (SystemTime.INSTANCE.nanos() - start) / 1e9;
        return site.cpuTimes().since(before).storing() / seconds;
    }

    private static Cost cost(CpuTimes used, long events) {
        double each = MICROS / Math.max(1, events);
        return new Cost(used.service() * each, used.sink() * each, used.generator() * each);
    }

    private Result result(
            Map<Double, List<Cost>> costs, boolean valid, SortedMap<String, Double> details) {
        common.tell("");
        common.tell("events/s    service   server  together  generator   (µs of processor time)");
        List<Rounds> storing = new ArrayList<>();
        costs.forEach((rate, rounds) -> {
            Rounds service = new Rounds(rounds.stream().map(Cost::service).toList());
            Rounds sink = new Rounds(rounds.stream().map(Cost::sink).toList());
            Rounds generator = new Rounds(rounds.stream().map(Cost::generator).toList());
            Rounds together = new Rounds(rounds.stream().map(Cost::storing).toList());
            storing.add(together);
            common.tell(
                    "%,8.0f  %9.2f %8.2f %9.2f %10.2f"
                            .formatted(
                                    rate,
                                    service.median(),
                                    sink.median(),
                                    together.median(),
                                    generator.median()));
            String at = "_us_at_%.0f".formatted(rate);
            details.put("service" + at, service.median());
            details.put("server" + at, sink.median());
            details.put("together" + at, together.median());
            details.put("generator" + at, generator.median());
        });
        Rounds lowest = extreme(storing, Math::min);
        details.put("worst_over_best", extreme(storing, Math::max).over(lowest).median());
        Rounds atCapacity = storing.getLast();
        return new Result(
                "ingest-cost.at-capacity",
                "us/event",
                atCapacity,
                Optional.of(atCapacity.over(lowest)),
                TARGET,
                valid,
                details);
    }

    /// Round by round the least, or most, of all rates.
    private static Rounds extreme(List<Rounds> all, DoubleBinaryOperator better) {
        List<Double> found = new ArrayList<>(all.getFirst().values());
        for (Rounds rounds : all) {
            for (int i = 0; i < found.size(); i++) {
                found.set(i, better.applyAsDouble(found.get(i), rounds.values().get(i)));
            }
        }
        return new Rounds(found);
    }
}
