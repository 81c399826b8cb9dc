package io.floodmark.ingest.kafka;

/// The sink cannot begin its work: Kafka does not answer, or its topics cannot be made.
public final class KafkaNotReady extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What could not be done.
    ///
    /// @param sentence one line for the user
    public KafkaNotReady(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
