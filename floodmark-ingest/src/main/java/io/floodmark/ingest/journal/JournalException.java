package io.floodmark.ingest.journal;

/// The journal cannot take or give what it should; nothing that it acknowledged is lost by that.
public sealed class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    JournalException(String sentence) {
        super(sentence);
    }

    /// Why, for people.
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /// Its limit is reached; replay makes room.
    public static final class Full extends JournalException {
        private static final long serialVersionUID = 1L;

        Full(long limitBytes) {
            super("the journal is full: %d bytes".formatted(limitBytes));
        }
    }

    /// Its disk failed, or somebody else has it.
    public static final class Broken extends JournalException {
        private static final long serialVersionUID = 1L;

        Broken(String sentence, Throwable cause) {
            super(sentence, cause);
        }

        Broken(String sentence) {
            super(sentence);
        }
    }
}
