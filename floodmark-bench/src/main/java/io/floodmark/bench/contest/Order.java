package io.floodmark.bench.contest;

/// What the judging process sends to an appending one.
sealed interface Order {

    /// Open the store; always the first.
    record Open(Side side, String url, String user, String password, String name) implements Order {
        @Override
        public String toString() {
            return "Open[%s, %s]".formatted(side, name);
        }
    }

    /// Make an append.
    ///
    /// @param number names the append in the answer
    record Append(long number, Attempt attempt) implements Order {}

    /// Stop to be killed, when a moment has come for the given time.
    record Stop(Moment moment, int times) implements Order {}
}
