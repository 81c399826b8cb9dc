package io.floodmark.store;

/// What to read: which events, from which part of the log, and how fresh. Immutable; each method
/// gives a changed copy.
public record ReadRequest(Query query, ReadBounds bounds, Consistency consistency) {

    /// All matching events of the log, with strong consistency.
    public static ReadRequest of(Query query) {
        return new ReadRequest(query, ReadBounds.everything(), Consistency.strong());
    }

    /// The same read from another position on.
    ///
    /// @throws IllegalStateException if the read is bounded by time
    public ReadRequest after(Position position) {
        return switch (bounds) {
            case ReadBounds.Everything(), ReadBounds.After(var _) ->
                    new ReadRequest(query, ReadBounds.after(position), consistency);
            case ReadBounds.Occurred _ ->
                    throw new IllegalStateException(
                            "This read is bounded by time and cannot be bounded by position as"
                                    + " well; start from its query: query().after(position)");
        };
    }

    public ReadRequest strong() {
        return with(Consistency.strong());
    }

    public ReadRequest eventual() {
        return with(Consistency.eventual());
    }

    public ReadRequest atLeast(Position position) {
        return with(Consistency.atLeast(position));
    }

    public ReadRequest with(Consistency other) {
        return new ReadRequest(query, bounds, other);
    }

    /// Whether the event is to be delivered. This is the definition for every store.
    public boolean covers(RecordedEvent recorded) {
        return bounds.include(recorded) && query.matches(recorded.event());
    }
}
