package io.floodmark.ingest.postgres;

/// The sink cannot begin its work: the database is not there, or the role may not make the tables.
public final class SinkNotReady extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What could not be done.
    ///
    /// @param sentence one line for the user
    public SinkNotReady(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
