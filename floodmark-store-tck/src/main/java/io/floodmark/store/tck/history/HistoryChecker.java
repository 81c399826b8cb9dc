package io.floodmark.store.tck.history;

import io.floodmark.store.Consistency;
import io.floodmark.store.EventStream;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.ReadBounds;
import io.floodmark.store.ReadRequest;
import io.floodmark.store.RecordedEvent;
import io.floodmark.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Judges a run round by round, and carries from one to the next only what later rounds can depend
/// on: where the log ended, and of each query its first and last match.
///
/// It trusts the store's own reading of the whole log, and reads it twice: each round's part after
/// the round, and all of it at the end. *Threads.* One, while no writer runs.
final class HistoryChecker {

    /// Most attempts of unknown outcome, not found in the log, that a run may gather.
    static final int UNSETTLED_MAX = 100_000;

    /// How often reading the log is tried while the store fails.
    private static final int READS_MAX = 60;

    private static final Duration LOG_READ_MAX = Duration.ofMinutes(10);
    private static final long PAUSE_NANOS = 500_000_000;

    /// What all checks of a run share.
    ///
    /// @param origin the moment from which evidence counts time
    record Course(
            Scene scene, MatchHistory history, Frontier frontier, Findings findings, long origin) {}

    /// A checked part of the log: the positions above `after` up to `upTo`.
    private record Part(long after, long upTo, long events, long hash) {}

    private final Course course;
    private final HistoryTarget target;
    private final List<Part> parts = new ArrayList<>();
    private long head;
    private long events;

    /// @param target where the log is read
    HistoryChecker(Course course, HistoryTarget target, Position head) {
        this.course = course;
        this.target = target;
        this.head = head.value();
    }

    /// Events of this run found in the log so far.
    long events() {
        return events;
    }

    /// Checks a round whose writers have all ended, and returns the slots of the attempts that may
    /// still come to light.
    int[] check(RoundRecords records) {
        RoundLog log = reading(head, stream -> RoundLog.read(stream, records, course.scene()));
        log.judge(head, course.findings());
        int[] unsettled = new RoundCheck(course, records, log).run();
        if (unsettled.length > UNSETTLED_MAX) {
            throw new IllegalStateException(
                    "%d appends of unknown outcome are not in the log, limit %d: mend the store or"
                                    .formatted(unsettled.length, UNSETTLED_MAX)
                            + " make fewer attempts");
        }
        remember(log);
        return unsettled;
    }

    private void remember(RoundLog log) {
        for (int query : log.matchedQueries()) {
            for (LogEntry entry : log.matches(query)) {
                course.history().add(query, entry.position());
            }
            course.frontier().raise(query, course.history().last(query));
        }
        long hash = 0;
        long last = head;
        for (LogEntry entry : log.entries()) {
            hash += hash(entry.position(), entry.id());
            last = Math.max(last, entry.position());
        }
        parts.add(new Part(head, last, log.entries().size(), hash));
        events += log.entries().stream().filter(entry -> entry.slot().isPresent()).count();
        head = last;
    }

    private static long hash(long position, java.util.UUID id) {
        return PositionHash.of(position ^ PositionHash.of(id.getLeastSignificantBits()));
    }

    /// Reads the whole log again: what was checked must still be there.
    void checkAgain() {
        if (parts.isEmpty()) {
            return;
        }
        List<Part> found = reading(parts.getFirst().after(), this::measured);
        for (int i = 0; i < parts.size(); i++) {
            Part then = parts.get(i);
            Part now = found.get(i);
            if (!then.equals(now)) {
                course.findings()
                        .add(
                                Anomaly.CHANGED_HISTORY,
                                () ->
                                        "positions %d to %d held %d events, now %d, or others"
                                                .formatted(
                                                        then.after() + 1,
                                                        then.upTo(),
                                                        then.events(),
                                                        now.events()));
            }
        }
    }

    private List<Part> measured(EventStream stream) {
        long[] counts = new long[parts.size()];
        long[] hashes = new long[parts.size()];
        int part = 0;
        while (stream.hasNext()) {
            RecordedEvent recorded = stream.next();
            long position = recorded.position().value();
            while (part < parts.size() && position > parts.get(part).upTo()) {
                part++;
            }
            if (part == parts.size()) {
                break;
            }
            counts[part]++;
            hashes[part] += hash(position, recorded.event().id());
        }
        return IntStream.range(0, parts.size())
                .mapToObj(i ->
                        new Part(parts.get(i).after(), parts.get(i).upTo(), counts[i], hashes[i]))
                .toList();
    }

    private <T> T reading(long after, Function<EventStream, T> reader) {
        var request =
                new ReadRequest(
                        Query.all(),
                        new ReadBounds.After(new Position(after)),
                        new Consistency.Strong());
        for (int tries = 1; ; tries++) {
            try (EventStream stream = target.read(request, LOG_READ_MAX)) {
                return reader.apply(stream);
            } catch (StoreException e) {
                if (tries == READS_MAX) {
                    throw new IllegalStateException(
                            "the log above %d could not be read in %d tries"
                                    .formatted(after, tries),
                            e);
                }
                java.util.concurrent.locks.LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
