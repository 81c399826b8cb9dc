package io.floodmark.ingest.audit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// What an audit looks at: acknowledgements whose `time` lies in it, and of the events that nobody
/// acknowledged those that arrived in it.
///
/// An event arrives before its acknowledgement, on another clock, and from a journal it reaches the
/// sink later. So a sink is read from [#SLACK] before the beginning and to its end.
///
/// @param from the first moment
/// @param to the first moment beyond
public record AuditRange(Instant from, Instant to) {
    /// How much earlier than its acknowledgement an event may have arrived.
    public static final Duration SLACK = Duration.ofHours(1);

    private static final Instant BEGINNING = Instant.EPOCH;
    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    /// Checks the order.
    public AuditRange {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "the range must end after it begins, was %s to %s".formatted(from, to));
        }
    }

    /// All times.
    public static AuditRange all() {
        return new AuditRange(BEGINNING, END);
    }

    /// The earliest arrival that a sink has to tell of.
    public Instant earliestArrival() {
        return from.isAfter(BEGINNING.plus(SLACK)) ? from.minus(SLACK) : BEGINNING;
    }

    boolean holds(Instant moment) {
        return !moment.isBefore(from) && moment.isBefore(to);
    }

    /// Whether an acknowledgement counts; one without a readable time does.
    boolean holds(AckedLine line) {
        return equals(all()) || moment(line.time()).map(this::holds).orElse(true);
    }

    private static Optional<Instant> moment(String time) {
        try {
            return time.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
