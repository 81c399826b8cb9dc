package io.floodmark.ingest.wire;

import io.floodmark.ingest.Entry;

/// Reads one element of a body, whatever it is, up to its end.
interface EntryReader {

    /// Reads it.
    ///
    /// @param index its place in the body
    /// @throws MalformedBody when it is not JSON
    Entry read(int index);
}
