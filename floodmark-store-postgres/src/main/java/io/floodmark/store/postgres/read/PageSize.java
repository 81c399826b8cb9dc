package io.floodmark.store.postgres.read;

/// How many events to ask for next, so that short reads stay short, long ones need few pages, and a
/// page of large events stays small in memory.
final class PageSize {
    private static final int FIRST_EVENTS = 128;
    private static final int GROWTH = 4;

    /// What a page should have at most, by the mean size of the events before it.
    private static final long TARGET_BYTES = 4 << 20;

    private final int eventsMax;
    private int events;

    PageSize(int eventsMax) {
        this.eventsMax = eventsMax;
        this.events = Math.min(FIRST_EVENTS, eventsMax);
    }

    int events() {
        return events;
    }

    void learn(Page page) {
        long grown = Math.min(eventsMax, (long) events * GROWTH);
        if (page.candidates() > 0) {
            long mean = Math.max(1, page.bytes() / page.candidates());
            grown = Math.min(grown, TARGET_BYTES / mean);
        }
        events = (int) Math.max(1, grown);
    }
}
