package io.floodmark.bench.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.ThreadMXBean;
import io.floodmark.bench.ingest.BenchEvents;
import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.WireEvent;
import io.floodmark.ingest.wire.Arrival;
import io.floodmark.ingest.wire.BodyFormat;
import io.floodmark.ingest.wire.BodyReader;
import io.floodmark.load.time.SystemTime;
import io.floodmark.store.TimeAndChance;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// One thread reads the same body of a hundred events again and again.
final class ParserArena implements Arena {
    private static final int EVENTS = 100;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final JsonFactory walking = new JsonFactory();
    private final byte[] body =
            LongStream.range(0, EVENTS)
                    .mapToObj(number -> BenchEvents.json(number, BenchEvents.id(number)))
                    .collect(Collectors.joining(",", "[", "]"))
                    .getBytes(StandardCharsets.UTF_8);

    /// Reads the body, and says how many good events it found.
    private interface Reading {
        int events() throws IOException;
    }

    @Override
    public Trial measure(String value, Duration length) throws Exception {
        Reading reading =
                switch (value) {
                    case "ours" -> this::ours;
                    case "jackson" -> new JacksonEvents(body)::events;
                    case "walk" -> this::walk;
                    default ->
                            throw new IllegalArgumentException(
                                    value + " is none, allowed: ours, jackson, walk");
                };
        long start = SystemTime.INSTANCE.nanos();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long collecting = collectingMillis();
        long bodies = 0;
        boolean valid = true;
        while (SystemTime.INSTANCE.nanos() - start < length.toNanos()) {
            valid &= reading.events() == EVENTS;
            bodies++;
        }
        double seconds = (SystemTime.INSTANCE.nanos() - start) / 1e9;
        double events = bodies * (double) EVENTS;
        return new Trial(
                events / seconds,
                valid,
                Map.of(
                        "ns_per_event",
                        seconds * 1e9 / events,
                        "allocated_bytes_per_event",
                        (THREADS.getCurrentThreadAllocatedBytes() - bytes) / events,
                        "collecting_percent",
                        (collectingMillis() - collecting) / seconds / 10));
    }

    private int ours() {
        return Math.toIntExact(
                new BodyReader(IngestLimits.defaults())
                                .read(
                                        BodyFormat.BATCH,
                                        body,
                                        body.length,
                                        Arrival.now(TimeAndChance.system(), Optional.empty()))
                                .stream()
                                .filter(WireEvent.class::isInstance)
                                .count());
    }

    /// Looks at each token and checks nothing beyond the grammar.
    private int walk() throws IOException {
        int objects = 0;
        try (JsonParser parser = walking.createParser(body)) {
            while (parser.nextToken() != null) {
                objects += parser.currentToken().isStructStart() ? 1 : 0;
            }
        }
        // The array, and in each event its properties and the tags in them.
        return (objects - 1) / 3;
    }

    static long collectingMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    @Override
    public void close() {}
}
