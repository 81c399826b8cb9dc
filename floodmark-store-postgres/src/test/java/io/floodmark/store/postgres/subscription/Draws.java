package io.floodmark.store.postgres.subscription;

import io.floodmark.store.Event;
import io.floodmark.store.Json;
import io.floodmark.store.Tag;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Random events of a run.
final class Draws {
    static final String KEY = "account";
    static final List<String> TYPES = List.of("paid", "lent", "left");

    private static final int ACCOUNTS = 60;
    private static final int BATCH_MAX = 6;

    private Draws() {}

    static List<Event> events(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(BATCH_MAX))
                .mapToObj(_ -> event(random))
                .toList();
    }

    static Event event(Random random) {
        return Event.of(
                TYPES.get(random.nextInt(TYPES.size())),
                Json.of("{\"amount\":\"%d\"}".formatted(random.nextInt())),
                Tag.of(KEY, Integer.toString(random.nextInt(ACCOUNTS))));
    }
}
