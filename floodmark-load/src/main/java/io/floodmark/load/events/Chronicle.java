package io.floodmark.load.events;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.floodmark.load.time.SeededRandom;
import io.floodmark.load.time.TimeSource;
import io.floodmark.load.workload.Draws;
import io.floodmark.store.Event;
import io.floodmark.store.Json;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import net.datafaker.Faker;

/// Writes events: ids, tags, time, and a payload with a realistic book in it, all of which seed,
/// operation and attempt determine, apart from the time.
///
/// *Threads.* Immutable after construction; any.
final class Chronicle {

    /// Distinct books; copies are a choice among them.
    private static final int TITLES = 1_000;

    private static final int FAKER_STREAM = 21;
    private static final int TITLE_CHOICE = 5;

    private final Names names;
    private final EventIdCode ids;
    private final TimeSource time;
    private final Instant startInstant;
    private final long startNanos;
    private final Draws draws;
    private final String[] titles = new String[TITLES];

    /// @param start the wall-clock time at which `time` is read
    Chronicle(Names names, long seed, TimeSource time, Instant start) {
        this.names = names;
        this.ids = EventIdCode.of(names.run());
        this.time = time;
        this.startInstant = start;
        this.startNanos = time.nanos();
        this.draws = new Draws(seed);
        Faker faker =
                new Faker(
                        Locale.ENGLISH,
                        new Random(SeededRandom.of(seed, FAKER_STREAM).nextLong(Long.MAX_VALUE)));
        for (int i = 0; i < TITLES; i++) {
            titles[i] =
                    "\"ISBN\":\"%s\",\"Title\":\"%s\",\"Authors\":\"%s\",\"Publisher\":\"%s\""
                            .formatted(
                                    quoted(faker.code().isbn13()),
                                    quoted(faker.book().title()),
                                    quoted(faker.book().author()),
                                    quoted(faker.book().publisher()));
        }
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /// The event that something happened, for attempt `attempt` of an operation.
    Event event(Decision.Happens what, long operation, int attempt) {
        Instant now = startInstant.plusNanos(time.nanos() - startNanos);
        return new Event(
                ids.id(now.toEpochMilli(), operation, attempt),
                what.fact().type(),
                Set.copyOf(names.tags(what.subject())),
                Json.of(payload(what)),
                Json.of("{\"Operation\":" + operation + ",\"Attempt\":" + attempt + "}"),
                now);
    }

    private String payload(Decision.Happens what) {
        StringBuilder json = new StringBuilder(200).append('{');
        Subject subject = what.subject();
        subject.book()
                .ifPresent(book ->
                        json.append("\"BookID\":\"").append(names.book(book)).append("\","));
        subject.reader()
                .ifPresent(reader ->
                        json.append("\"ReaderID\":\"").append(names.reader(reader)).append("\","));
        if (what.fact() == Fact.COPY_ADDED) {
            int book = subject.book().getAsInt();
            json.append(titles[draws.draw(book, TITLE_CHOICE, TITLES)]).append(',');
        }
        return json.append("\"Library\":\"").append(names.run()).append("\"}").toString();
    }

    /// Bytes of payload and metadata.
    static long bytes(Event event) {
        return (long) event.payload().size() + event.metadata().size();
    }
}
