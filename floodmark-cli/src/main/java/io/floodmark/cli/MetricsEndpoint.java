package io.floodmark.cli;

import io.floodmark.load.record.Account;
import io.floodmark.load.record.Interval;
import io.floodmark.load.record.Latency;
import io.floodmark.load.record.RunObserver;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Shows a run to Prometheus while it lasts, on loopback: the account since its start, and the
/// latencies of the last second. The run's own files are exact; this is to watch it.
///
/// *Threads:* one observes, the server's read the last interval.
final class MetricsEndpoint implements RunObserver {
    private static final String PREFIX = "floodmark.load.";
    private static final double MILLIS = 1_000;
    private static final double PERCENT = 100;

    private static final Map<String, ToDoubleFunction<Account>> RESULTS =
            Map.of(
                    "done", Account::done,
                    "failed", Account::failed,
                    "conflicted", Account::conflicted,
                    "timed_out", Account::timedOut,
                    "skipped", Account::skipped,
                    "rejected", Account::rejected);

    private static final Map<String, ToDoubleFunction<Latency>> QUANTILES =
            Map.of(
                    "0.5", latency -> latency.p50().millis(),
                    "0.9", latency -> latency.p90().millis(),
                    "0.95", latency -> latency.p95().millis(),
                    "0.99", latency -> latency.p99().millis(),
                    "0.999", latency -> latency.p999().millis(),
                    "1", latency -> latency.max().millis());

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicReference<@Nullable Interval> last = new AtomicReference<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final WebServer server;
    private final AtomicLong disturbed = new AtomicLong();

    private MetricsEndpoint(int port) {
        register();
        server =
                WebServer.builder()
                        .host("127.0.0.1")
                        .port(port)
                        .shutdownHook(false)
                        .routing(routing ->
                                routing.get(
                                        "/metrics",
                                        (_, response) -> {
                                            response.header(
                                                    HeaderNames.CONTENT_TYPE,
                                                    "text/plain; version=0.0.4; charset=utf-8");
                                            response.send(registry.scrape());
                                        }))
                        .build();
    }

    /// Starts on this port of loopback, 0 for any.
    static MetricsEndpoint start(int port) {
        MetricsEndpoint endpoint = new MetricsEndpoint(port);
        endpoint.server.start();
        return endpoint;
    }

    /// The TCP port.
    int port() {
        return server.port();
    }

    private void register() {
        counter("arrivals.due", Tags.empty(), Account::due);
        RESULTS.forEach((result, value) -> counter("operations", Tags.of("result", result), value));
        FunctionCounter.builder(PREFIX + "disturbed", disturbed, AtomicLong::doubleValue)
                .register(registry);
        gauge("in.queue", Tags.empty(), interval -> interval.account().inQueue());
        gauge("in.flight", Tags.empty(), interval -> interval.account().inFlight());
        gauge("books.open", Tags.empty(), interval -> interval.booksClosed() ? 0 : 1);
        gauge("pause.seconds", Tags.empty(), interval -> interval.pauseMillisMax() / MILLIS);
        gauge("cpu.ratio", Tags.empty(), interval -> interval.cpuPercent().orElse(0) / PERCENT);
        latency("response", interval -> interval.total().response());
        latency("service", interval -> interval.total().service());
        latency("waiting", interval -> interval.total().waiting());
        latency("queue_wait", Interval::queueWait);
        latency("pool_wait", Interval::poolWait);
        latency("generator_lag", Interval::generatorLag);
    }

    private void counter(String name, Tags tags, ToDoubleFunction<Account> value) {
        FunctionCounter.builder(
                        PREFIX + name,
                        this,
                        it -> it.read(last -> value.applyAsDouble(last.account())))
                .tags(tags)
                .register(registry);
    }

    private void gauge(String name, Tags tags, ToDoubleFunction<Interval> value) {
        Gauge.builder(PREFIX + name, this, it -> it.read(value)).tags(tags).register(registry);
    }

    private interface Part {
        Latency of(Interval interval);
    }

    private void latency(String part, Part latency) {
        QUANTILES.forEach((quantile, value) ->
                gauge(
                        "latency.seconds",
                        Tags.of("part", part, "quantile", quantile),
                        interval -> value.applyAsDouble(latency.of(interval)) / MILLIS));
    }

    private double read(ToDoubleFunction<Interval> value) {
        Interval interval = last.get();
        return interval == null ? 0 : value.applyAsDouble(interval);
    }

    @Override
    public void interval(Interval interval) {
        disturbed.addAndGet(interval.disturbed());
        last.set(interval);
        for (String name : interval.gauges().keySet()) {
            if (reported.add(name)) {
                gauge(
                        "workload",
                        Tags.of("name", name),
                        latest -> latest.gauges().getOrDefault(name, 0L));
            }
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
