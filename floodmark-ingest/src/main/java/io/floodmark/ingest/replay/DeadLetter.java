package io.floodmark.ingest.replay;

import java.time.Instant;

/// An event that a sink refused, with its reason.
///
/// @param key under which it lies where it is kept, unique there and growing in the order of
///   reading
/// @param tenant whose event it is
/// @param eventId its id
/// @param type what happened
/// @param times how often it was refused
/// @param lastAt when it was refused last
/// @param code the sink's code for the reason; for PostgreSQL the SQLSTATE
/// @param reason a sentence of the sink
/// @param json the event as it was to be stored
public record DeadLetter(
        String key,
        String tenant,
        String eventId,
        String type,
        int times,
        Instant lastAt,
        String code,
        String reason,
        String json) {}
