package io.floodmark.load.ingest;

import io.floodmark.load.config.RunConfig;
import io.floodmark.load.workload.Draws;

/// Writes events: what an event says follows from the seed and its number, apart from the time.
/// *Threads.* Any.
final class EventText {

    private static final int INVALID = 1;
    private static final int MISTAKE = 2;
    private static final int USER = 3;
    private static final int SESSION = 4;
    private static final int TYPE = 5;
    private static final int ITEM = 6;

    private static final int PERCENT = 100;
    private static final int SESSIONS = 8;
    private static final int ITEMS = 5_000;
    private static final String[] TYPES = {
        "page_view", "page_view", "page_view", "click", "click", "add_to_cart", "purchase"
    };
    private static final String[] CAMPAIGNS = {"spring", "summer", "autumn", "winter"};

    /// What comes where `event_type` should be: nothing, a misspelt name, or more than there may
    /// be.
    private static final String[] MISTAKES = {
        "",
        "\"event_typ\":\"page_view\",",
        "\"event_type\":\"page_view\",\"revenue\":\"much\",",
        "\"event_type\":\"page_view\",\"currency\":\"euros\","
    };

    private final EventNames names;
    private final Draws draws;
    private final RunConfig.Traffic traffic;
    private final Population population;

    EventText(EventNames names, Draws draws, RunConfig.Traffic traffic) {
        this.names = names;
        this.draws = draws;
        this.traffic = traffic;
        this.population = new Population(traffic.users(), traffic.skew());
    }

    /// Whether an event has a mistake.
    boolean invalid(Lane lane, long number) {
        return traffic.invalidPercent() > 0
                && draws.draw(key(lane, number), INVALID, PERCENT) < traffic.invalidPercent();
    }

    private static long key(Lane lane, long number) {
        return number * Lane.COUNT + lane.code();
    }

    /// Appends an event.
    ///
    /// @param now when it happened, in RFC 3339
    void write(Lane lane, long number, String now, Bytes to) {
        long key = key(lane, number);
        int user = population.user(draws.fraction(key, USER));
        int item = draws.draw(key, ITEM, ITEMS);
        to.ascii("{\"event_id\":\"");
        names.write(lane, number, to);
        to.ascii("\",");
        if (invalid(lane, number)) {
            to.ascii(MISTAKES[draws.draw(key, MISTAKE, MISTAKES.length)]);
        } else {
            to.ascii("\"event_type\":\"")
                    .ascii(TYPES[draws.draw(key, TYPE, TYPES.length)])
                    .ascii("\",");
        }
        to.ascii("\"timestamp\":\"").ascii(now).ascii("\",\"user_id\":\"u-").number(user);
        to.ascii("\",\"session_id\":\"s-").number(user).ascii("-");
        to.number(draws.draw(key, SESSION, SESSIONS)).ascii("\",\"campaign\":\"");
        to.ascii(CAMPAIGNS[item % CAMPAIGNS.length]);
        to.ascii(
                "\",\"source\":\"newsletter\",\"medium\":\"email\",\"properties\":{\"path\":\"/item/");
        to.number(item)
                .ascii("\",\"price\":")
                .number(item % 90)
                .ascii(".90,\"tags\":[\"a\",\"b\"]}}");
    }
}
