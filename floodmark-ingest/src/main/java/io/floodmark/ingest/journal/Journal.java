package io.floodmark.ingest.journal;

import io.floodmark.ingest.Delivery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Events on this node's disk until they are replayed.
///
/// An append returns when its events are flushed. What was flushed is there after any end of the
/// process, and is given out from the oldest on. *Threads:* appends are for all; [#next] and
/// [#done] are for one.
public final class Journal implements AutoCloseable {
    private static final String LOCK_FILE = "journal.lock";
    private static final String POSITION_FILE = "position";

    private final JournalSettings settings;
    private final Clock clock;
    private final FileChannel ownership;
    private final Position position;
    private final ReentrantLock writing = new ReentrantLock();
    private final ConcurrentLinkedDeque<Segment> segments = new ConcurrentLinkedDeque<>();
    private final AtomicLong bytes = new AtomicLong();
    private final Semaphore news = new Semaphore(0);
    private final JournalReader reader;
    private final long quarantinedBytes;
    private @Nullable SegmentWriter writer;
    private final AtomicLong nextNumber;
    private volatile long doneNumber;
    private volatile long oldestMicros;
    private volatile boolean broken;

    private Journal(JournalSettings settings, Clock clock, FileChannel ownership)
            throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.ownership = ownership;
        this.position = Position.open(settings.folder().resolve(POSITION_FILE));
        this.doneNumber = position.read();
        Recovery recovery = Recovery.of(settings.folder(), doneNumber);
        this.nextNumber = new AtomicLong(recovery.nextNumber());
        this.quarantinedBytes = recovery.quarantinedBytes();
        for (Segment segment : recovery.segments()) {
            segments.add(segment);
            bytes.addAndGet(segment.length());
        }
        this.reader = new JournalReader(doneNumber);
        this.oldestMicros = micros(clock.instant());
        if (segments.isEmpty()) {
            // What was lost in between leaves a gap that nothing fills.
            this.doneNumber = recovery.nextNumber();
        }
    }

    /// Opens the journal and recovers what is in it.
    ///
    /// @throws JournalException.Broken when its files cannot be used, or another process uses them
    public static Journal open(JournalSettings settings, Clock clock) {
        try {
            Files.createDirectories(settings.folder());
            Path lock = settings.folder().resolve(LOCK_FILE);
            FileChannel ownership =
                    FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(ownership)) {
                ownership.close();
                throw new JournalException.Broken(
                        "another process uses the journal in " + settings.folder());
            }
            return new Journal(settings, clock, ownership);
        } catch (IOException e) {
            throw new JournalException.Broken(
                    "could not open the journal in %s: %s".formatted(settings.folder(), e), e);
        }
    }

    private static boolean locked(FileChannel ownership) throws IOException {
        try {
            return ownership.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // This process has it already.
            return false;
        }
    }

    /// Takes all of these events or none, and returns when they are on the disk.
    ///
    /// @throws JournalException when none is taken
    public void append(List<Delivery> batch) {
        SegmentWriter target;
        long end;
        try {
            writing.lock();
            try {
                target = roomFor(batch);
                long taken = micros(clock.instant());
                ByteBuffer block = JournalRecord.encode(batch, nextNumber.get(), taken);
                refuseIfFull(block.remaining());
                if (isEmpty()) {
                    oldestMicros = taken;
                }
                long start = target.segment().length();
                end = target.append(block);
                nextNumber.addAndGet(batch.size());
                bytes.addAndGet(end - start);
            } finally {
                writing.unlock();
            }
        } catch (IOException e) {
            throw new JournalException.Broken("the journal's disk takes nothing: " + e, e);
        }
        flush(target, end);
        news.release();
    }

    private void flush(SegmentWriter target, long end) {
        try {
            target.flush(end);
        } catch (IOException e) {
            // What is on the disk after a failed flush is unknown until it is read again.
            broken = true;
            throw new JournalException.Broken(
                    "the journal's disk failed, it takes nothing until a restart: " + e, e);
        }
    }

    private void refuseIfFull(int more) {
        if (bytes.get() + more > settings.limitBytes()) {
            throw new JournalException.Full(settings.limitBytes());
        }
    }

    private SegmentWriter roomFor(List<Delivery> batch) throws IOException {
        if (broken) {
            throw new JournalException.Broken(
                    "the journal's disk failed before; it takes nothing until a restart");
        }
        refuseIfFull(batch.stream().mapToInt(one -> one.event().bytes()).sum());
        SegmentWriter current = writer;
        if (current != null && current.segment().length() < settings.segmentBytes()) {
            return current;
        }
        if (current != null) {
            current.seal();
        }
        SegmentWriter next =
                SegmentWriter.create(Recovery.file(settings.folder(), nextNumber.get()));
        bytes.addAndGet(next.segment().length());
        segments.add(next.segment());
        writer = next;
        return next;
    }

    /// Whether everything that it took is replayed.
    public boolean isEmpty() {
        return doneNumber >= nextNumber.get();
    }

    /// Events that are not replayed; an upper bound when parts were damaged.
    public long pending() {
        return nextNumber.get() - doneNumber;
    }

    /// Bytes of its segments.
    public long bytes() {
        return bytes.get();
    }

    /// Bytes that were found damaged when it was opened, or when they were read.
    public long quarantinedBytes() {
        return quarantinedBytes + reader.damagedBytes();
    }

    /// For how long the oldest event has waited.
    public Duration oldest() {
        long age = micros(clock.instant()) - oldestMicros;
        return isEmpty() ? Duration.ZERO : Duration.of(Math.max(0, age), ChronoUnit.MICROS);
    }

    /// The oldest events that are on the disk and not done, empty when there are none within
    /// `most`.
    ///
    /// @param rowsMax most events
    /// @param bytesMax bytes of events at which it is enough
    /// @throws JournalException.Broken when they cannot be read
    Optional<JournalReader.Chunk> next(int rowsMax, long bytesMax, Duration most)
            throws InterruptedException {
        try {
            Optional<JournalReader.Chunk> chunk = read(rowsMax, bytesMax);
            if (chunk.isEmpty() && news.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
                news.drainPermits();
                chunk = read(rowsMax, bytesMax);
            }
            chunk.ifPresent(some -> oldestMicros = some.takenMicros());
            return chunk;
        } catch (IOException e) {
            throw new JournalException.Broken("could not read the journal: " + e, e);
        }
    }

    private Optional<JournalReader.Chunk> read(int rowsMax, long bytesMax) throws IOException {
        while (true) {
            Segment head = segments.peekFirst();
            if (head == null) {
                settle();
                return Optional.empty();
            }
            // Asked before the reading: what is last now may grow meanwhile.
            boolean sealed = head != segments.peekLast() || !isWritten(head);
            Optional<JournalReader.Chunk> chunk = reader.next(head, rowsMax, bytesMax);
            if (chunk.isPresent()) {
                return chunk;
            }
            if (!sealed) {
                settle();
                return chunk;
            }
            segments.removeFirst();
            Files.deleteIfExists(head.file());
            bytes.addAndGet(-head.length());
        }
    }

    /// After everything was read nothing is left, even when the last of it was damaged.
    private void settle() {
        writing.lock();
        try {
            Segment last = segments.peekLast();
            if (last == null || reader.consumed(last)) {
                doneNumber = nextNumber.get();
            }
        } finally {
            writing.unlock();
        }
    }

    private boolean isWritten(Segment segment) {
        writing.lock();
        try {
            return writer != null && writer.segment() == segment;
        } finally {
            writing.unlock();
        }
    }

    /// The events of this chunk need not be given out again.
    void done(JournalReader.Chunk chunk) {
        reader.done(chunk);
        doneNumber = chunk.nextNumber();
        try {
            position.write(doneNumber);
        } catch (IOException e) {
            throw new JournalException.Broken("could not note the journal's position: " + e, e);
        }
    }

    private static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
    }

    /// Flushes and closes it.
    @Override
    public void close() {
        writing.lock();
        try (ownership;
                position) {
            SegmentWriter last = writer;
            writer = null;
            broken = true;
            if (last != null) {
                last.seal();
            }
        } catch (IOException e) {
            throw new JournalException.Broken("could not close the journal: " + e, e);
        } finally {
            writing.unlock();
        }
    }
}
