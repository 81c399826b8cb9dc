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

    @Override
    void close();
}
