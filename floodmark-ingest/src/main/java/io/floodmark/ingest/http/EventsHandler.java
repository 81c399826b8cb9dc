package io.floodmark.ingest.http;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Entry;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Rejection;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.flow.InFlightBytes;
import io.floodmark.ingest.flow.Pipeline;
import io.floodmark.ingest.flow.Submission;
import io.floodmark.ingest.http.StageClock.Stage;
import io.floodmark.ingest.metrics.IngestMetrics;
import io.floodmark.ingest.wire.Arrival;
import io.floodmark.ingest.wire.BodyBuffer;
import io.floodmark.ingest.wire.BodyFormat;
import io.floodmark.ingest.wire.BodyReader;
import io.floodmark.ingest.wire.Encoding;
import io.floodmark.store.TimeAndChance;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Takes the events of one request: who sends, how, what, and what became of it. *Threads:* for
/// all.
final class EventsHandler {
    private static final HeaderName API_KEY = HeaderNames.create("X-API-Key");
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final String BEARER = "Bearer ";
    private static final int IDEMPOTENCY_KEY_MAX = 256;

    /// What an event costs in memory beside its bytes.
    private static final int EVENT_OVERHEAD_BYTES = 256;

    private final ServerSettings settings;
    private final ApiKeys keys;
    private final Pipeline pipeline;
    private final AckLevel level;
    private final IngestMetrics metrics;
    private final TimeAndChance source;
    private final BodyReader reader;
    private final InFlightBytes inFlight;

    EventsHandler(ServerSettings settings, ApiKeys keys, Wiring wiring) {
        this.settings = settings;
        this.keys = keys;
        this.pipeline = wiring.pipeline();
        this.level = settings.acknowledgeEarly() ? AckLevel.MEMORY : wiring.sinkLevel();
        this.metrics = wiring.metrics();
        this.source = wiring.source();
        this.reader = new BodyReader(settings.limits());
        this.inFlight = new InFlightBytes(settings.inFlightBytesMax());
        metrics.gauge("ingest.inflight.bytes", inFlight::used);
    }

    /// What the handlers share.
    record Wiring(
            Pipeline pipeline, AckLevel sinkLevel, IngestMetrics metrics, TimeAndChance source) {}

    AckLevel level() {
        return level;
    }

    /// Takes what the request holds.
    ///
    /// @param clock of the request; it is in its admission
    /// @throws Problem when nothing of it is taken
    Receipt take(ServerRequest request, Target target, StageClock clock)
            throws IOException, InterruptedException {
        ServerRequestHeaders headers = request.headers();
        ApiKeys.Sender sender = sender(headers);
        BodyFormat format = target.format(headers.contentType());
        Encoding encoding = encoding(headers);
        Arrival arrival = Arrival.now(source, idempotencyKey(headers));
        if (pipeline.isShut()) {
            throw Problem.overloaded("the sink fails and is left alone for a moment");
        }
        InFlightBytes.Room room = inFlight.room();
        List<Entry> entries;
        List<WireEvent> events;
        Optional<Submission> submission;
        try {
            clock.enter(Stage.READ);
            BodyBuffer body = body(request, encoding, room);
            clock.enter(Stage.PARSE);
            entries = parse(format, body, arrival);
            clock.enter(Stage.ADMISSION);
            room.take(Math.multiplyExact(entries.size(), EVENT_OVERHEAD_BYTES));
            charge(sender, entries.size(), body.length());
            events = events(entries);
            clock.enter(Stage.WAIT);
            submission = submit(sender, events, room);
        } catch (IOException | RuntimeException e) {
            room.release();
            throw e;
        }
        return new Receipt(level, entries, outcomes(entries, known(events.size(), submission)));
    }

    private ApiKeys.Sender sender(ServerRequestHeaders headers) {
        Optional<String> bearer =
                headers.first(HeaderNames.AUTHORIZATION)
                        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                        .map(value -> value.substring(BEARER.length()).strip());
        try {
            return keys.sender(bearer.or(() -> headers.first(API_KEY)));
        } catch (Problem e) {
            metrics.unauthorized().increment();
            throw e;
        }
    }

    private static Encoding encoding(ServerRequestHeaders headers) {
        String name = headers.first(HeaderNames.CONTENT_ENCODING).orElse("");
        return Encoding.named(name)
                .orElseThrow(() ->
                        Problem.wrongType(
                                "Content-Encoding must be gzip, zstd or identity; was " + name));
    }

    private static Optional<String> idempotencyKey(ServerRequestHeaders headers) {
        Optional<String> key = headers.first(IDEMPOTENCY_KEY);
        if (key.filter(it -> it.isBlank() || it.length() > IDEMPOTENCY_KEY_MAX).isPresent()) {
            throw Problem.of(
                    400,
                    "idempotency_key",
                    "Idempotency-Key must have 1 to %d characters".formatted(IDEMPOTENCY_KEY_MAX));
        }
        return key;
    }

    private BodyBuffer body(ServerRequest request, Encoding encoding, InFlightBytes.Room room)
            throws IOException {
        if (!request.content().hasEntity()) {
            throw Problem.of(400, "malformed", "the request has no body");
        }
        return BodyBuffer.read(
                request.content().inputStream(),
                encoding,
                request.headers().contentLength(),
                settings.limits(),
                room::take);
    }

    private List<Entry> parse(BodyFormat format, BodyBuffer body, Arrival arrival) {
        List<Entry> entries = reader.read(format, body.bytes(), body.length(), arrival);
        metrics.received(entries.size(), body.length());
        return entries;
    }

    private void charge(ApiKeys.Sender sender, int events, int bytes) {
        sender.quota()
                .take(events, bytes, source.nanos().getAsLong())
                .ifPresent(wait -> {
                    throw Problem.overQuota("the quota of this key is used up for now", wait);
                });
    }

    private static List<WireEvent> events(List<Entry> entries) {
        List<WireEvent> events = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (entry instanceof WireEvent event) {
                events.add(event);
            }
        }
        return events;
    }

    private Optional<Submission> submit(
            ApiKeys.Sender sender, List<WireEvent> events, InFlightBytes.Room room) {
        if (events.isEmpty()) {
            room.release();
            return Optional.empty();
        }
        return Optional.of(
                pipeline.submit(sender.name(), events, settings.acknowledgeEarly(), room::release));
    }

    /// Of the events that were handed over.
    private List<Outcome> known(int events, Optional<Submission> submission)
            throws InterruptedException {
        if (submission.isEmpty()) {
            return List.of();
        }
        return settings.acknowledgeEarly()
                ? Collections.nCopies(events, new Outcome.Queued(AckLevel.MEMORY))
                : submission.get().await(settings.timeout());
    }

    private static List<Outcome> outcomes(List<Entry> entries, List<Outcome> known) {
        if (known.size() == entries.size()) {
            return known;
        }
        Iterator<Outcome> next = known.iterator();
        List<Outcome> outcomes = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            outcomes.add(
                    switch (entry) {
                        case WireEvent _ -> next.next();
                        case Rejection rejection -> new Outcome.Rejected(rejection);
                    });
        }
        return outcomes;
    }
}
