package io.floodmark.load.ingest;

import io.floodmark.load.ingest.EventLedger.Note;
import io.floodmark.load.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// The file of acknowledged ids, as `floodmark ingest audit` reads it, written while the run goes
/// on: a line `{"event_id":"...","level":"postgres","time":"..."}` for each.
///
/// A worker hands an answer over and never waits, for a thread of its own writes. When that one is
/// too far behind, answers are left out, and [#finish] writes their ids from the ledger, without a
/// time: so the file of a run that came to its end is whole, and that of one that was killed lacks
/// the last moment and what was left out.
///
/// *Threads.* [#answered] any; the others one.
final class AckedFile implements AutoCloseable {

    /// Most events that wait to be written, with [#ANSWER_EVENTS] added for each answer: 32 MiB at
    /// most.
    static final long WAITING_MAX = 1L << 20;

    /// What an answer weighs beside its events, in the memory of one.
    private static final int ANSWER_EVENTS = 8;

    private static final long TICK_NANOS = Duration.ofMillis(50).toNanos();
    private static final Duration END_MAX = Duration.ofSeconds(30);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final EventNames names;
    private final EventLedger ledger;
    private final TimeSource time;
    private final ConcurrentLinkedQueue<Answer> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingEvents = new AtomicLong();
    private final AtomicLong forgotten = new AtomicLong();
    private final OutputStream out;
    private final Bytes buffer = new Bytes(2 * BUFFER_BYTES);
    private final Thread thread;
    private long lineMillis = Long.MIN_VALUE;
    private String lineTime = "";
    private long late;
    private volatile boolean ending;
    private volatile Optional<IOException> problem = Optional.empty();

    /// What an answer said, and when it came.
    private record Answer(Lane lane, long first, List<Note> notes, String level, long millis) {}

    private AckedFile(
            Path path, EventNames names, EventLedger ledger, TimeSource time, OutputStream out) {
        this.path = path;
        this.names = names;
        this.ledger = ledger;
        this.time = time;
        this.out = out;
        this.thread = Thread.ofPlatform().daemon().name("floodmark-acked").unstarted(this::run);
    }

    /// Makes the file anew, and begins to wait for answers.
    static AckedFile open(Path path, EventNames names, EventLedger ledger, TimeSource time)
            throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        AckedFile file = new AckedFile(path, names, ledger, time, Files.newOutputStream(path));
        file.thread.start();
        return file;
    }

    /// Takes what an answer said of events `first` and following.
    void answered(Lane lane, long first, Receipt receipt, Instant when) {
        int count = receipt.notes().size();
        if (ending || problem.isPresent()) {
            return;
        }
        if (waitingEvents.addAndGet(count + ANSWER_EVENTS) > WAITING_MAX) {
            waitingEvents.addAndGet(-count - ANSWER_EVENTS);
            forgotten.addAndGet(Math.clamp(first + count - EventLedger.EVENTS_MAX, 0, count));
            return;
        }
        waiting.add(new Answer(lane, first, receipt.notes(), receipt.ack(), when.toEpochMilli()));
    }

    private void run() {
        try {
            while (!ending) {
                time.parkUntil(time.nanos() + TICK_NANOS);
                writeWaiting();
            }
        } catch (IOException e) {
            problem = Optional.of(e);
            waiting.clear();
        }
    }

    private void writeWaiting() throws IOException {
        for (Answer answer = waiting.poll(); answer != null; answer = waiting.poll()) {
            write(answer);
            waitingEvents.addAndGet(-answer.notes().size() - ANSWER_EVENTS);
        }
        flush();
    }

    private void write(Answer answer) throws IOException {
        if (answer.millis() != lineMillis) {
            lineMillis = answer.millis();
            lineTime = Instant.ofEpochMilli(lineMillis).toString();
        }
        long number = answer.first();
        for (Note note : answer.notes()) {
            if (note == Note.ACKNOWLEDGED || note == Note.DUPLICATE) {
                line(answer.lane(), number, answer.level(), lineTime);
            }
            number++;
        }
        ledger.written(answer.lane(), answer.first(), answer.notes());
    }

    private void line(Lane lane, long number, String level, String when) throws IOException {
        buffer.ascii("{\"event_id\":\"");
        names.write(lane, number, buffer);
        buffer.ascii("\",\"level\":\"").ascii(level);
        if (!when.isEmpty()) {
            buffer.ascii("\",\"time\":\"").ascii(when);
        }
        buffer.ascii("\"}\n");
        if (buffer.length() >= BUFFER_BYTES) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (buffer.length() > 0) {
            out.write(buffer.array(), 0, buffer.length());
            buffer.clear();
        }
    }

    /// Writes what is not there yet, after the run.
    ///
    /// @param level of those whose own is not known any more
    /// @return what its reader should know, if anything
    Optional<String> finish(String level) {
        try {
            stop();
            if (problem.isPresent()) {
                return Optional.of(failure(problem.get()));
            }
            ledger.forEachUnwritten((lane, number) -> {
                late++;
                line(lane, number, level, "");
            });
            flush();
            out.close();
        } catch (IOException e) {
            problem = Optional.of(e);
            return Optional.of(failure(e));
        }
        return late + forgotten.get() == 0
                ? Optional.empty()
                : Optional.of(
                        ("%s was written more slowly than answers came: %,d ids were added after the run"
                                        + " without their time, %,d are not in it")
                                .formatted(path, late, forgotten.get()));
    }

    /// Whether every acknowledged id is in it, once it is finished.
    boolean isWhole() {
        return problem.isEmpty() && forgotten.get() == 0;
    }

    private void stop() throws IOException {
        ending = true;
        java.util.concurrent.locks.LockSupport.unpark(thread);
        try {
            if (!thread.join(END_MAX)) {
                throw new IOException("it is not written after " + END_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (problem.isEmpty()) {
            writeWaiting();
        }
    }

    private String failure(IOException why) {
        return "%s lacks acknowledged ids, it could not be written: %s"
                .formatted(path, why.getMessage());
    }

    /// Ends it where it is.
    @Override
    public void close() {
        ending = true;
        java.util.concurrent.locks.LockSupport.unpark(thread);
        try {
            thread.join(END_MAX);
            out.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException _) {
            // Whoever needs the file to be whole has called finish.
        }
    }
}
