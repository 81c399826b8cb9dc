package io.floodmark.ingest;

/// Why an event cannot be taken, now or ever: sending it again unchanged does not help.
///
/// @param code what kind of mistake
/// @param pointer where in the event, as a JSON pointer; empty for the event itself
/// @param offset at which byte of the body, after decompression
/// @param reason a sentence for whoever sent it
public record Rejection(Code code, String pointer, long offset, String reason) implements Entry {

    /// Kinds of mistakes.
    public enum Code {
        /// It is not JSON.
        MALFORMED("malformed"),
        /// It is longer, deeper or fuller than allowed.
        TOO_LARGE("too_large"),
        /// A field is missing, unknown or wrong.
        INVALID("invalid"),
        /// The sink cannot hold it; it is kept apart with the reason.
        POISON("poison");

        private final String label;

        Code(String label) {
            this.label = label;
        }

        /// As in answers and metrics.
        public String label() {
            return label;
        }
    }
}
