package io.floodmark.ingest.replay;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// An event that a sink refused, with its reason.
///
/// @param key under which it lies where it is kept, unique there and growing in the order of
///   reading
/// @param tenant whose event it is
/// @param eventId its id
/// @param type what happened
/// @param times how often it was refused; 1 where each refusal is a letter of its own
/// @param lastAt when it was refused last
/// @param code the sink's code for the reason; for PostgreSQL the SQLSTATE, for Kafka the exception
/// @param reason a sentence of the sink
/// @param json the event as it was to be stored; empty where those bytes are no text, which no
///   validation takes
public record DeadLetter(
        String key,
        String tenant,
        String eventId,
        String type,
        int times,
        Instant lastAt,
        String code,
        String reason,
        String json) {

    /// The text of an event's bytes, empty when they are none in UTF-8: replaced characters would
    /// make another event of them.
    public static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException _) {
            return "";
        }
    }
}
