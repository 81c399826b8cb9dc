package io.floodmark.ingest.journal;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Writes to the sink while it answers and nothing waits in the journal, otherwise into the
/// journal; so does what the sink did not take. *Threads:* for one.
final class JournaledWriter implements Sink.Writer {
    private static final Duration RESCUE = Duration.ofSeconds(30);
    private static final Outcome QUEUED = new Outcome.Queued(AckLevel.DISK);

    private final Sink.Writer sink;
    private final Journal journal;
    private final DirectWrites writes;
    private final BooleanSupplier direct;

    /// A writer.
    ///
    /// @param direct whether the sink may be asked now
    JournaledWriter(
            Sink.Writer sink, Journal journal, DirectWrites writes, BooleanSupplier direct) {
        this.sink = sink;
        this.journal = journal;
        this.writes = writes;
        this.direct = direct;
    }

    @Override
    public Sink.Written write(List<Delivery> batch) {
        if (!direct.getAsBoolean()) {
            return keep(batch);
        }
        DirectWrites.Write write = writes.begin();
        try {
            return rescued(batch, sink.write(batch));
        } finally {
            writes.end(write);
        }
    }

    @Override
    public void write(List<Delivery> batch, Consumer<Sink.Written> done) {
        if (!direct.getAsBoolean()) {
            done.accept(keep(batch));
            return;
        }
        DirectWrites.Write write = writes.begin();
        try {
            sink.write(batch, written -> answered(batch, written, write, done));
        } catch (RuntimeException e) {
            writes.end(write);
            throw e;
        }
    }

    private void answered(
            List<Delivery> batch,
            Sink.Written written,
            DirectWrites.Write write,
            Consumer<Sink.Written> done) {
        if (isSettled(written.outcomes())) {
            finish(write, done, written);
        } else {
            // The sink's own thread must not wait for our disk.
            Thread.ofVirtual()
                    .name("ingest-rescue")
                    .start(() -> finish(write, done, rescued(batch, written)));
        }
    }

    private void finish(
            DirectWrites.Write write, Consumer<Sink.Written> done, Sink.Written written) {
        try {
            done.accept(written);
        } finally {
            writes.end(write);
        }
    }

    private Sink.Written keep(List<Delivery> batch) {
        try {
            journal.append(batch);
            return new Sink.Written(Collections.nCopies(batch.size(), QUEUED), true);
        } catch (JournalException e) {
            return new Sink.Written(
                    Collections.nCopies(batch.size(), new Outcome.NotTaken(e.sentence())), false);
        }
    }

    /// Puts into the journal what the sink left open, and leaves the rest as it is.
    private Sink.Written rescued(List<Delivery> batch, Sink.Written written) {
        List<Delivery> open = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (isOpen(written.outcomes().get(i))) {
                open.add(batch.get(i));
            }
        }
        if (open.isEmpty()) {
            return written;
        }
        try {
            journal.append(open);
        } catch (JournalException e) {
            return new Sink.Written(written.outcomes(), false);
        }
        return new Sink.Written(
                written.outcomes().stream().map(one -> isOpen(one) ? QUEUED : one).toList(), true);
    }

    private static boolean isSettled(List<Outcome> outcomes) {
        return outcomes.stream().noneMatch(JournaledWriter::isOpen);
    }

    static boolean isOpen(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotTaken _, Outcome.Unknown _ -> true;
            case Outcome.Stored _, Outcome.Duplicate _, Outcome.Queued _, Outcome.Rejected _ ->
                    false;
        };
    }

    @Override
    public void close() {
        sink.close();
        writes.awaitNone(RESCUE);
    }
}
