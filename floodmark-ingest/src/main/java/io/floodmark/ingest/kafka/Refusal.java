package io.floodmark.ingest.kafka;

import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/// What an exception of the producer says about a record.
enum Refusal {
    /// This record can never be written.
    POISON,
    /// It stood in one batch with a record that can never be written.
    NEIGHBOUR,
    /// It was never sent.
    NOT_SENT,
    /// It was perhaps written.
    UNKNOWN;

    static Refusal of(Exception failure) {
        return switch (failure) {
            case RecordTooLargeException _,
                    InvalidTimestampException _,
                    SerializationException _,
                    InvalidRecordException _ ->
                    POISON;
            case BufferExhaustedException _, AuthenticationException _, AuthorizationException _ ->
                    NOT_SENT;
            case KafkaException plain when plain.getClass().equals(KafkaException.class) ->
                    NEIGHBOUR;
            default -> UNKNOWN;
        };
    }
}
