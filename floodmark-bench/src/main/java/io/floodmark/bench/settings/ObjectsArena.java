package io.floodmark.bench.settings;

import com.sun.management.ThreadMXBean;
import io.floodmark.bench.ingest.BenchEvents;
import io.floodmark.load.time.SystemTime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One thread fills objects of events, as a request does, and hands them in batches to another one,
/// as to a writer, which looks at them and has done. Pooled objects come back for the next batch.
/// What is in them (texts, bytes) is the same for all, so this is the cost of the objects alone.
final class ObjectsArena implements Arena {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BATCH = 100;
    private static final int BATCHES_OPEN = 64;

    private final byte[] buffer = new byte[BATCH * 256];
    private final String id = BenchEvents.id(1);
    private final BlockingQueue<List<Held>> full = new ArrayBlockingQueue<>(BATCHES_OPEN);
    private final BlockingQueue<List<Held>> back = new ArrayBlockingQueue<>(2 * BATCHES_OPEN);

    /// An event's object that can be used again: what is given out once may still be looked at.
    private static final class Held {
        private String id = "";
        private String type = "";
        private String key = "";
        private long micros;
        private byte[] buffer = {};
        private int offset;
        private int length;
    }

    @Override
    public Trial measure(String value, Duration length) throws Exception {
        boolean pooled = value.equals("pooled");
        if (!pooled && !value.equals("new")) {
            throw new IllegalArgumentException(value + " is none, allowed: new, pooled");
        }
        back.clear();
        long collecting = ParserArena.collectingMillis();
        long start = SystemTime.INSTANCE.nanos();
        long end = start + length.toNanos();
        long[] taken = new long[2];
        Thread writer = Thread.ofPlatform().start(() -> take(end, pooled, taken));
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        Queue<Held> pool = new ArrayDeque<>();
        long made = 0;
        boolean goOn = true;
        while (goOn) {
            List<Held> batch = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH; i++) {
                batch.add(filled(pooled ? used(pool) : new Held(), made++));
            }
            goOn = handOver(batch, end);
        }
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        writer.join();
        full.clear();
        double seconds = (SystemTime.INSTANCE.nanos() - start) / 1e9;
        return new Trial(
                taken[0] / seconds,
                taken[1] > 0,
                Map.of(
                        "allocated_bytes_per_event",
                        bytes / (double) made,
                        "collecting_percent",
                        (ParserArena.collectingMillis() - collecting) / seconds / 10));
    }

    /// False when the end came first: the writer takes no more then.
    private boolean handOver(List<Held> batch, long end) throws InterruptedException {
        while (SystemTime.INSTANCE.nanos() < end) {
            if (full.offer(batch, 1, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    private Held used(Queue<Held> pool) {
        if (pool.isEmpty()) {
            List<Held> returned = back.poll();
            if (returned == null) {
                return new Held();
            }
            pool.addAll(returned);
        }
        return pool.remove();
    }

    private Held filled(Held event, long number) {
        event.id = id;
        event.type = BenchEvents.TYPE;
        event.key = id;
        event.micros = number;
        event.buffer = buffer;
        event.offset = (int) (number % BATCH) * 256;
        event.length = 240;
        return event;
    }

    /// Counts events, and adds up what they hold, so that nothing of it is left out.
    private void take(long end, boolean pooled, long[] taken) {
        try {
            while (SystemTime.INSTANCE.nanos() < end) {
                List<Held> batch = full.poll(1, TimeUnit.MILLISECONDS);
                if (batch == null) {
                    continue;
                }
                for (Held event : batch) {
                    taken[1] +=
                            event.id.length()
                                    + event.type.length()
                                    + event.key.length()
                                    + event.buffer[event.offset]
                                    + event.length
                                    + (event.micros & 1);
                }
                taken[0] += batch.size();
                if (pooled) {
                    var _ = back.offer(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {}
}
