package io.floodmark.store;

/// The place of an event in the log. The first event has position 1, and positions follow each
/// other without gaps in the order of the commits.
///
/// @param value 0 or more; 0 is the place before the first event
public record Position(long value) implements Comparable<Position> {

    /// Before the first event, and the head of an empty log.
    public static final Position START = new Position(0);

    public Position {
        if (value < 0) {
            throw new IllegalArgumentException("Position is " + value + "; it must be 0 or more");
        }
    }

    public static Position of(long value) {
        return value == 0 ? START : new Position(value);
    }

    public Position next() {
        return plus(1);
    }

    /// The position some events further on.
    ///
    /// @param events 0 or more
    public Position plus(long events) {
        if (events < 0) {
            throw new IllegalArgumentException(events + " events further; it must be 0 or more");
        }
        return of(Math.addExact(value, events));
    }

    public boolean isAfter(Position other) {
        return value > other.value;
    }

    public boolean isBefore(Position other) {
        return value < other.value;
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
