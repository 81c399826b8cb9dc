package io.floodmark.store.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.floodmark.store.EventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// The three checks of the dcb.events suite over real HTTP: consistency of append conditions,
/// monotony of positions, errors of unrelated appends at the same time. Bounded by numbers and not
/// by time, so that a slow machine checks as much as a fast one.
final class DcbSuite implements AutoCloseable {
    private static final int CALLERS = 20;
    private static final int APPENDS_PER_CALLER = 25;
    private static final int VERIFIED_MAX = 300;
    private static final int WRITERS = 5;
    private static final int APPENDS_PER_WRITER = 40;
    private static final int LAST_READ = 6;
    private static final int PARALLEL_APPENDS_PER_CALLER = 50;

    private final DcbServer server;
    private final DcbClient client;

    DcbSuite(EventStore store) {
        server = DcbServer.start(store, "127.0.0.1", 0, DcbLimits.defaults(), System::nanoTime);
        client = new DcbClient(server.port());
    }

    /// What the consistency check saw.
    ///
    /// @param accepted appends whose condition held
    /// @param rejected appends whose condition failed
    /// @param verified decisions that were looked at again
    /// @param violations decisions that were accepted although a matching event came between
    record Consistency(int accepted, int rejected, int verified, List<String> violations) {}

    /// 20 callers read the last match of random queries, and append on condition that it still is
    /// the last. Each decision is written into its first event; afterwards it must have been true
    /// at that event's position.
    Consistency consistency(long seed) throws Exception {
        List<Boolean> failed =
                together(
                        CALLERS,
                        caller -> {
                            var fixture = new DcbFixture(new Random(seed + caller), 10, 10, 1, 2);
                            List<Boolean> mine = new ArrayList<>();
                            for (int left = APPENDS_PER_CALLER; left > 0; left--) {
                                mine.add(decide(fixture));
                            }
                            return mine;
                        });
        int rejected = (int) failed.stream().filter(it -> it).count();
        int verified = 0;
        List<String> violations = new ArrayList<>();
        for (JsonNode event : client.read(all(), "{\"from\":0,\"limit\":" + VERIFIED_MAX + "}")) {
            JsonNode data = DcbClient.JSON.readTree(event.path("data").textValue());
            if (data.path("batchIndex").intValue() != 0) {
                continue;
            }
            verified++;
            long position = event.path("position").longValue();
            long seen = data.path("lastMatchingEventPosition").longValue();
            long was = lastBefore(data.path("query"), position);
            if (seen != was) {
                violations.add(
                        "event %d was decided on %d, but %d matched"
                                .formatted(position, seen, was));
            }
        }
        return new Consistency(failed.size() - rejected, rejected, verified, violations);
    }

    private boolean decide(DcbFixture fixture) throws Exception {
        ObjectNode query = fixture.query();
        long last = client.lastPosition(query);
        ObjectNode condition = DcbClient.JSON.createObjectNode();
        condition.put("after", last).set("failIfEventsMatch", query);
        return client.append(fixture.events(query, last), condition);
    }

    private long lastBefore(JsonNode query, long position) throws Exception {
        return client.read(query, "").stream()
                .mapToLong(event -> event.path("position").longValue())
                .filter(other -> other < position)
                .max()
                .orElse(0);
    }

    /// What the monotony check saw.
    ///
    /// @param reads how often the end of the log was read while others wrote
    /// @param violations events that came up below one that was already seen
    record Monotony(int reads, List<String> violations) {}

    /// One reader reads the last positions again and again while 5 callers write: nothing may come
    /// up later between positions already seen.
    Monotony monotony(long seed) throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        List<List<Long>> reads = new ArrayList<>();
        try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reading =
                    reader.submit(() -> {
                        do {
                            reads.add(lastPositions());
                        } while (writing.get());
                        return reads;
                    });
            together(
                    WRITERS,
                    writer -> {
                        var fixture = new DcbFixture(new Random(seed + writer), 5, 5, 2, 5);
                        List<Boolean> mine = new ArrayList<>();
                        for (int left = APPENDS_PER_WRITER; left > 0; left--) {
                            mine.add(decide(fixture));
                        }
                        return mine;
                    });
            writing.set(false);
            reading.get(60, TimeUnit.SECONDS);
        }
        return new Monotony(reads.size(), compared(reads));
    }

    private List<Long> lastPositions() throws Exception {
        List<Long> all =
                client.read(all(), "").stream()
                        .map(event -> event.path("position").longValue())
                        .toList();
        return all.subList(Math.max(0, all.size() - LAST_READ), all.size());
    }

    /// Where two reads overlap they must agree.
    private static List<String> compared(List<List<Long>> reads) {
        List<String> violations = new ArrayList<>();
        for (int index = 1; index < reads.size(); index++) {
            List<Long> before = reads.get(index - 1);
            List<Long> now = reads.get(index);
            if (before.isEmpty()) {
                continue;
            }
            long newest = before.getLast();
            List<Long> seenAgain = now.stream().filter(position -> position <= newest).toList();
            long oldest = now.getFirst();
            List<Long> expected = before.stream().filter(position -> position >= oldest).toList();
            if (newest > now.getLast() || !seenAgain.equals(expected)) {
                violations.add(before + " then " + now);
            }
        }
        return violations;
    }

    /// 20 callers append events that have nothing to do with each other, each on condition that
    /// there is no such event yet; returns how many were refused, which should be none.
    int parallelWriteErrors() throws Exception {
        List<Boolean> failed =
                together(
                        CALLERS,
                        caller -> {
                            List<Boolean> mine = new ArrayList<>();
                            for (int turn = 0; turn < PARALLEL_APPENDS_PER_CALLER; turn++) {
                                mine.add(appendAlone("vu" + caller + "-iter" + turn));
                            }
                            return mine;
                        });
        return (int) failed.stream().filter(it -> it).count();
    }

    private boolean appendAlone(String tag) throws Exception {
        ArrayNode events = DcbClient.JSON.createArrayNode();
        events.addObject().put("type", "SomeEvent").put("data", "{}").putArray("tags").add(tag);
        ObjectNode condition = DcbClient.JSON.createObjectNode();
        ObjectNode item = condition.putObject("failIfEventsMatch").putArray("items").addObject();
        item.putArray("types").add("SomeEvent");
        item.putArray("tags").add(tag);
        return client.append(events, condition);
    }

    private static ObjectNode all() {
        ObjectNode query = DcbClient.JSON.createObjectNode();
        query.putArray("items");
        return query;
    }

    private interface Caller {
        List<Boolean> call(int number) throws Exception;
    }

    private static List<Boolean> together(int callers, Caller work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Boolean>>> calls =
                    IntStream.range(0, callers)
                            .mapToObj(number -> (Callable<List<Boolean>>) () -> work.call(number))
                            .toList();
            List<Boolean> results = new ArrayList<>();
            for (Future<List<Boolean>> done : threads.invokeAll(calls, 120, TimeUnit.SECONDS)) {
                results.addAll(done.get());
            }
            return results;
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
