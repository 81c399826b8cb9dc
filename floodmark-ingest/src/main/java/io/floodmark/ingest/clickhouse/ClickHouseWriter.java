package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import io.floodmark.store.TimeAndChance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes batches of requests, each as one insert. *Threads:* for one.
final class ClickHouseWriter implements Sink.Writer {
    private static final long MICROS = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Inserter inserter;
    private final TimeAndChance source;

    ClickHouseWriter(Inserter inserter, TimeAndChance source) {
        this.inserter = inserter;
        this.source = source;
    }

    @Override
    public Sink.Written write(List<Delivery> batch) {
        long received = micros(source.clock().instant());
        Map<Identity, Integer> places = new HashMap<>();
        List<EventRow> rows = new ArrayList<>(batch.size());
        for (Delivery delivery : batch) {
            if (places.putIfAbsent(Identity.of(delivery), rows.size()) == null) {
                rows.add(new EventRow(delivery, received, new Origin.Request()));
            }
        }
        Piece piece = new Piece(name(), rows);
        Progress progress = new Progress();
        List<Outcome> ofRows = inserter.insert(piece, false, progress);
        long open = ofRows.stream().filter(outcome -> !settled(outcome)).count();
        // What bad rows left no time for is open, and the sink well.
        return new Sink.Written(outcomes(batch, places, ofRows), open == progress.postponed());
    }

    /// Never used before: what comes after this batch is another one.
    private String name() {
        return "request/%016x%016x"
                .formatted(source.randomBits().getAsLong(), source.randomBits().getAsLong());
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * MICROS + time.getNano() / NANOS_PER_MICRO;
    }

    static boolean settled(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Stored _, Outcome.Duplicate _, Outcome.Rejected _, Outcome.Queued _ ->
                    true;
            case Outcome.NotTaken _, Outcome.Unknown _ -> false;
        };
    }

    private static List<Outcome> outcomes(
            List<Delivery> batch, Map<Identity, Integer> places, List<Outcome> ofRows) {
        boolean[] told = new boolean[ofRows.size()];
        List<Outcome> outcomes = new ArrayList<>(batch.size());
        for (Delivery delivery : batch) {
            int place = places.getOrDefault(Identity.of(delivery), 0);
            Outcome outcome = ofRows.get(place);
            boolean repeated = told[place] && outcome instanceof Outcome.Stored;
            outcomes.add(repeated ? new Outcome.Duplicate() : outcome);
            told[place] = true;
        }
        return outcomes;
    }

    @Override
    public void close() {
        // Connections belong to all writers.
    }
}
