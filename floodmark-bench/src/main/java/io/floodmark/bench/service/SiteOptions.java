package io.floodmark.bench.service;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.local.LocalServerException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// The options of benchmarks that start a service: what stands behind it, and what it can do.
final class SiteOptions {
    private static final double WARM_UP = 10;
    private static final double WARM_UP_QUICK = 6;
    private static final double CLOSED = 8;
    private static final double CLOSED_QUICK = 3;
    private static final double RATE = 8;
    private static final double RATE_QUICK = 4;
    private static final int BATCH_MAX = 10_000;
    private static final double EVENTS_MAX = 10_000_000;
    private static final double WARM_UP_MAX = 600;

    @Option(
            names = "--sink",
            paramLabel = "NAME",
            defaultValue = "postgres",
            description = {
                "postgres, kafka or none: where the service stores, on a private server",
                "(default: ${DEFAULT-VALUE})."
            })
    private String sink = "postgres";

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description = "A setting of the private PostgreSQL; may be given again.")
    private Map<String, String> settings = new TreeMap<>();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "100",
            description = "Events in a request (default: ${DEFAULT-VALUE}).")
    private int batch = 100;

    @Option(
            names = "--capacity",
            paramLabel = "EVENTS",
            description = "Events a second that count as the capacity (default: looked for).")
    private Optional<Double> capacity = Optional.empty();

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description =
                    "How long the service runs before anything counts (default: 10, quick: 6).")
    private Optional<Double> warmUp = Optional.empty();

    @Option(
            names = "--java-options",
            paramLabel = "TEXT",
            defaultValue = "",
            description = {
                "Options of the service's JVM, with blanks between, after those of the program",
                "floodmark itself (-Xmx512m -XX:+UseG1GC)."
            })
    private String javaOptions = "";

    /// Made by picocli.
    SiteOptions() {}

    /// What is done with a site.
    ///
    /// @param <T> what it gives
    @FunctionalInterface
    interface Work<T> {
        T on(Site site) throws Exception;
    }

    /// Starts a service, works on it, and takes all away again.
    <T> T use(CommonOptions common, Work<T> work) throws Exception {
        check(common);
        try (Site site = Site.start(backing(common), batch, javaOptions())) {
            return work.on(site);
        } catch (LocalServerException e) {
            throw new SetupFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private void check(CommonOptions common) {
        if (batch < 1 || batch > BATCH_MAX) {
            throw common.mistake("--batch is %d, allowed: 1 to %,d".formatted(batch, BATCH_MAX));
        }
        within(common, "--capacity", capacity.orElse(1.0), EVENTS_MAX);
        within(common, "--warm-up", warmUp.orElse(1.0), WARM_UP_MAX);
    }

    private static void within(CommonOptions common, String option, double value, double most) {
        if (!(value > 0 && value <= most)) {
            throw common.mistake(
                    "%s is %s, allowed: above 0, at most %,.0f".formatted(option, value, most));
        }
    }

    private Backing backing(CommonOptions common) {
        return switch (sink) {
            case "postgres" -> new PostgresBacking(settings);
            case "kafka" -> new KafkaBacking();
            case "none" -> new NoBacking();
            default ->
                    throw common.mistake(
                            "--sink is %s, allowed: postgres, kafka, none".formatted(sink));
        };
    }

    List<String> javaOptions() {
        return javaOptions.isBlank() ? List.of() : List.of(javaOptions.strip().split(" +", -1));
    }

    /// Whether what is stored can be counted.
    boolean stores() {
        return !sink.equals("none");
    }

    /// Warms the service up, and looks for its capacity unless that is given.
    Capacity capacity(CommonOptions common, Site site) throws Exception {
        Capacity.Search search =
                new Capacity.Search(
                        seconds(warmUp.orElse(common.either(WARM_UP, WARM_UP_QUICK))),
                        seconds(common.either(CLOSED, CLOSED_QUICK)),
                        seconds(common.either(RATE, RATE_QUICK)));
        if (capacity.isEmpty()) {
            return Capacity.find(site, search, common::tell);
        }
        common.tell("warming up");
        site.warmUp(search.warmUp());
        return new Capacity(capacity.get(), capacity.get());
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
