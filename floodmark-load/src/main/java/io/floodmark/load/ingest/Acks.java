package io.floodmark.load.ingest;

import io.floodmark.load.time.SystemTime;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the service acknowledged: at which levels, usually one, and, where that is asked for, each
/// id in a file. *Threads.* Any.
final class Acks {

    private final Optional<AckedFile> file;
    private volatile String last = "";
    private final Set<String> levels = new TreeSet<>();

    private Acks(Optional<AckedFile> file) {
        this.file = file;
    }

    /// Without a file.
    Acks() {
        this(Optional.empty());
    }

    /// With a file.
    Acks(AckedFile file) {
        this(Optional.of(file));
    }

    /// Takes what an answer said of events `first` and following.
    void answered(Lane lane, long first, Receipt receipt) {
        String level = receipt.ack();
        if (!level.isEmpty() && !level.equals(last)) {
            add(level);
        }
        if (file.isPresent()) {
            file.get().answered(lane, first, receipt, SystemTime.INSTANCE.now());
        }
    }

    private synchronized void add(String level) {
        levels.add(level);
        last = level;
    }

    /// As text: `postgres`, or several with commas.
    synchronized String words() {
        return String.join(",", levels);
    }

    /// Whether the service acknowledged what lay in its memory only.
    synchronized boolean memory() {
        return levels.contains("memory");
    }
}
