package io.floodmark.bench.stores;

import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.Query;
import io.floodmark.store.Tag;

/// Events of a lending library of about 330 bytes with two tags, and the two-tag condition of a
/// decision on a book and a reader.
///
/// @param size events that a store holds before it is measured; each tag has about eight of them
public record Lending(long size) {

    private static final String[] TYPES = {
        "BookCopyAdded", "BookCopyLent", "BookCopyReturned", "BookCopyRemoved"
    };

    /// What each tag has, or one more where the size is not a multiple of it.
    public static final int EVENTS_PER_TAG = 8;

    /// Odd, so that book and reader do not go through their values in step.
    private static final long READER_STEP = 7_919;

    private static final String NOTE =
            "the quick brown fox lends a book and returns it late ".repeat(4);

    /// Spreads numbers over all of a long (the finisher of SplitMix64).
    private static final long MIX_1 = 0xBF58_476D_1CE4_E5B9L;

    private static final long MIX_2 = 0x94D0_49BB_1331_11EBL;

    public long keys() {
        return Math.max(1, size / EVENTS_PER_TAG);
    }

    public Event event(long number) {
        return event(number, book(number), reader(number));
    }

    public Event event(long number, Tag... tags) {
        return Event.of(TYPES[(int) (number % TYPES.length)], payload(number), tags);
    }

    public Query decision(Tag book, Tag reader) {
        return Query.matching().tags(book, reader).build();
    }

    public Tag book(long number) {
        return Tag.of("book", Long.toString(number % keys()));
    }

    public Tag reader(long number) {
        return Tag.of("reader", Long.toString(number * READER_STEP % keys()));
    }

    /// The note of each payload.
    static String note() {
        return NOTE;
    }

    /// A book that looks chosen at random, so that book and reader of one number hardly ever were
    /// chosen together before.
    public Tag anyBook(long number) {
        return book(Math.floorMod(mixed(number), keys()));
    }

    /// The reader for [#anyBook].
    public Tag anyReader(long number) {
        return reader(Math.floorMod(mixed(~number), keys()));
    }

    private static long mixed(long number) {
        long a = (number ^ (number >>> 30)) * MIX_1;
        long b = (a ^ (a >>> 27)) * MIX_2;
        return b ^ (b >>> 31);
    }

    public static Json payload(long number) {
        return Json.of("{\"number\": " + number + ", \"note\": \"" + NOTE + "\"}");
    }
}
