package io.floodmark.store;

/// What a subscription delivers and to whom.
///
/// @param name 1 to [#MAX_NAME_CHARS] chars; consumers that share the name share the events
/// @param startAfter where the subscription begins when its name is opened for the first time;
///   later its checkpoint counts
/// @param batchMax how many events one delivery has at most, 1 to [#MAX_BATCH]
public record SubscriptionSpec(
        String name, Query query, Position startAfter, Sharing sharing, int batchMax) {

    public static final int MAX_NAME_CHARS = 128;
    public static final int MAX_BATCH = 1_000;

    public SubscriptionSpec {
        checkName(name);
        Checks.between("batchMax", batchMax, 1, MAX_BATCH);
    }

    /// From the start of the log, for one consumer, up to 100 events at a time.
    public static SubscriptionSpec of(String name, Query query) {
        return new SubscriptionSpec(name, query, Position.START, Sharing.exclusive(), 100);
    }

    public SubscriptionSpec startAfter(Position position) {
        return new SubscriptionSpec(name, query, position, sharing, batchMax);
    }

    public SubscriptionSpec sharing(Sharing other) {
        return new SubscriptionSpec(name, query, startAfter, other, batchMax);
    }

    public SubscriptionSpec batchMax(int events) {
        return new SubscriptionSpec(name, query, startAfter, sharing, events);
    }

    /// The check of names that stores make when they look up or delete.
    public static void checkName(String name) {
        Checks.name("Subscription name", name, MAX_NAME_CHARS);
    }
}
