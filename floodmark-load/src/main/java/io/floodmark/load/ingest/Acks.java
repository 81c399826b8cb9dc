package io.floodmark.load.ingest;

import java.util.Set;
import java.util.TreeSet;

/// The levels at which the service acknowledged, usually one. *Threads.* Any.
final class Acks {

    private volatile String last = "";
    private final Set<String> levels = new TreeSet<>();

    void level(String level) {
        if (!level.isEmpty() && !level.equals(last)) {
            add(level);
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
