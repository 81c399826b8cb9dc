package io.floodmark.ingest.http;

import io.floodmark.ingest.Sink;
import io.floodmark.ingest.flow.Overloaded;
import io.floodmark.ingest.flow.Pipeline;
import io.floodmark.ingest.metrics.IngestMetrics;
import io.floodmark.ingest.wire.BodyTooLarge;
import io.floodmark.ingest.wire.MalformedBody;
import io.floodmark.store.TimeAndChance;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ingestion server: takes events over HTTP and says of each what became of it.
///
/// `openapi.yaml`, which it serves, describes its interface. The sink belongs to the caller.
/// *Threads:* for all.
public final class IngestServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IngestServer.class);
    private static final HeaderName PREFER = HeaderNames.create("Prefer");
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final ServerSettings settings;
    private final TimeAndChance source;
    private final PrometheusMeterRegistry registry;
    private final IngestMetrics metrics;
    private final Pipeline pipeline;
    private final EventsHandler events;
    private final ApiKeys keys;
    private final Answers answers;
    private final Cors cors;
    private final AtomicInteger active = new AtomicInteger();
    private final WebServer server;
    private volatile boolean stopping;

    private IngestServer(
            Sink sink,
            ServerSettings settings,
            ApiKeys keys,
            PrometheusMeterRegistry registry,
            TimeAndChance source) {
        this.settings = settings;
        this.keys = keys;
        this.source = source;
        this.registry = registry;
        this.metrics = new IngestMetrics(registry);
        this.pipeline = Pipeline.start(sink, settings.pipeline(), metrics, source.nanos());
        this.events =
                new EventsHandler(
                        settings,
                        keys,
                        new EventsHandler.Wiring(pipeline, sink.level(), metrics, source));
        this.answers = new Answers(source.clock(), metrics);
        this.cors = new Cors(settings.origins());
        this.server =
                WebServer.builder()
                        .host(settings.host())
                        .port(settings.port())
                        .shutdownHook(false)
                        // With NIO an answer goes out in pieces of 8 KiB.
                        .useNio(false)
                        .contentEncoding(new RawBodies())
                        // An answer may go out in two writes: without this the second waits for
                        // the client's acknowledgement of the first, which it delays by 40 ms.
                        .connectionOptions(socket -> socket.tcpNoDelay(true))
                        .routing(this::route)
                        .build();
    }

    /// Starts the server and its writers.
    ///
    /// @param registry takes the meters, which it also serves
    public static IngestServer start(
            Sink sink,
            ServerSettings settings,
            ApiKeys keys,
            PrometheusMeterRegistry registry,
            TimeAndChance source) {
        IngestServer made = new IngestServer(sink, settings, keys, registry, source);
        try {
            made.server.start();
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
        return made;
    }

    /// The TCP port.
    public int port() {
        return server.port();
    }

    private void route(HttpRouting.Builder routing) {
        for (Target target : Target.values()) {
            routing.post(target.path(), (request, response) -> take(request, response, target));
            routing.options(target.path(), this::preflight);
            routing.any(target.path(), this::wrongMethod);
        }
        routing.get("/v1/capabilities", this::capabilities)
                .get("/health/live", this::live)
                .get("/health/ready", this::ready)
                .get("/metrics", this::scrape)
                .get("/openapi.yaml", this::openApi)
                .any(this::notFound)
                .error(Exception.class, this::failed);
    }

    private void take(ServerRequest request, ServerResponse response, Target target)
            throws InterruptedException {
        StageClock clock = new StageClock(metrics, source.nanos());
        int under = active.incrementAndGet();
        try {
            cors.allow(request, response);
            Receipt receipt;
            try {
                refuse(under);
                receipt = events.take(request, target, clock);
            } catch (RequestException e) {
                // HTTP itself was broken: the web server answers, and closes the connection.
                throw e;
            } catch (IOException | RuntimeException e) {
                clock.enter(StageClock.Stage.ANSWER);
                failed(request, response, e);
                return;
            }
            clock.enter(StageClock.Stage.ANSWER);
            answer(request, response, receipt);
        } finally {
            active.decrementAndGet();
            clock.end();
        }
    }

    /// The web server's own limit would close the connection without saying when to come back, and
    /// hold for the pages, too, by which one sees what is going on.
    private void refuse(int under) {
        if (stopping) {
            throw Problem.overloaded("this server is stopping");
        }
        if (under > settings.requestsMax()) {
            throw Problem.overloaded(
                    "this server works on %d requests, the limit"
                            .formatted(settings.requestsMax()));
        }
    }

    private void answer(ServerRequest request, ServerResponse response, Receipt receipt) {
        receipt.count(metrics);
        boolean minimal = request.headers().first(PREFER).orElse("").contains("return=minimal");
        answers.send(
                response,
                receipt.status(),
                receipt.message(),
                receipt.retryAfter(),
                json -> receipt.write(json, minimal));
    }

    private void preflight(ServerRequest request, ServerResponse response) {
        cors.allow(request, response);
        cors.preflight(request, response);
    }

    private void capabilities(ServerRequest request, ServerResponse response) {
        answers.send(
                response,
                200,
                "what this server takes",
                Optional.empty(),
                json -> Pages.capabilities(json, settings, events.level(), keys.required()));
    }

    private void live(ServerRequest request, ServerResponse response) {
        answers.send(response, 200, "alive", Optional.empty(), json -> json.text("status", "up"));
    }

    private void ready(ServerRequest request, ServerResponse response) {
        boolean ready = !stopping;
        answers.send(
                response,
                ready ? 200 : 503,
                ready ? "ready" : "stopping",
                Optional.empty(),
                json ->
                        json.text("status", ready ? "up" : "stopping")
                                .text("breaker", pipeline.breakerState())
                                .number("events_open", pipeline.open()));
    }

    private void scrape(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        response.send(registry.scrape());
    }

    private void openApi(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "application/yaml");
        response.send(Pages.openApi());
    }

    private void wrongMethod(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.ALLOW, "POST, OPTIONS");
        answers.problem(response, Problem.of(405, "method", "only POST is taken here"));
    }

    private void notFound(ServerRequest request, ServerResponse response) {
        answers.problem(
                response, Problem.of(404, "not_found", "there is nothing here; see /openapi.yaml"));
    }

    private void failed(ServerRequest request, ServerResponse response, Exception failure) {
        switch (failure) {
            case CloseConnectionException broken -> throw broken;
            case Problem problem -> answers.problem(response, problem);
            case Overloaded full -> answers.problem(response, Problem.overloaded(full.sentence()));
            case BodyTooLarge large ->
                    answers.problem(response, Problem.of(413, "too_large", large.sentence()));
            case MalformedBody malformed ->
                    answers.send(
                            response,
                            400,
                            malformed.reason(),
                            Optional.empty(),
                            json ->
                                    json.text("code", "malformed")
                                            .flag("retry", false)
                                            .number("offset", malformed.offset()));
            case RequestException wrong ->
                    answers.problem(
                            response,
                            Problem.of(
                                    wrong.status().code(),
                                    "request",
                                    String.valueOf(wrong.getMessage())));
            case IOException broken ->
                    throw new CloseConnectionException("the body broke off", broken);
            case UncheckedIOException broken ->
                    throw new CloseConnectionException("the body broke off", broken);
            default -> {
                LOG.error("a request failed", failure);
                answers.problem(
                        response,
                        Problem.of(500, "internal", "an error of this server; see its log"));
            }
        }
    }

    /// What a stop left behind.
    ///
    /// @param open events that have no outcome
    /// @param lost events that were acknowledged from memory and not stored
    public record Leftovers(long open, long lost) {
        /// Whether everything that was accepted is stored.
        public boolean none() {
            return open == 0 && lost == 0;
        }
    }

    /// Stops in order: takes no more requests, lets those under way get their answers, writes what
    /// waits, and ends. Says what it could not.
    ///
    /// @param most how long requests and writers may take each
    public Leftovers drain(Duration most) throws InterruptedException {
        stopping = true;
        long end = source.nanos().getAsLong() + most.toNanos();
        while (active.get() > 0 && source.nanos().getAsLong() < end) {
            LockSupport.parkNanos(this, LOOK.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("while requests were under way");
            }
        }
        pipeline.drain(most);
        server.stop();
        return new Leftovers(pipeline.open(), pipeline.lost());
    }

    /// Stops; see [#drain].
    @Override
    public void close() {
        try {
            drain(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.stop();
        }
    }
}
