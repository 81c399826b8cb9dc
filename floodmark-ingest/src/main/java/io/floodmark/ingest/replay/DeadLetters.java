package io.floodmark.ingest.replay;

import java.util.List;

/// Where dead letters lie: a table or a topic. *Threads:* for one.
public interface DeadLetters extends AutoCloseable {

    /// The next ones that were not replayed, in the order of their keys.
    ///
    /// @param after key of the last one seen; empty at the beginning
    /// @param most how many at most
    /// @throws DeadLettersUnavailable when they cannot be read
    List<DeadLetter> next(String after, int most);

    /// Marks one as replayed: it is stored now, and is never given out again.
    ///
    /// @throws DeadLettersUnavailable when that is not possible; the event is stored all the same,
    ///   and the next replay finds it as a duplicate
    void replayed(DeadLetter letter);

    /// Tells that the sink refused one again. It stays, unless the sink keeps what it refuses anew:
    /// then the old letter is marked, and the new one takes its place.
    ///
    /// @throws DeadLettersUnavailable when it cannot be marked
    default void refusedBySink(DeadLetter letter) {
        // It stays.
    }

    @Override
    void close();
}
