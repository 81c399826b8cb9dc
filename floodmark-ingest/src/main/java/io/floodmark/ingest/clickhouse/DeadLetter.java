package io.floodmark.ingest.clickhouse;

import java.nio.ByteBuffer;

/// What could not become an event's row, with the reason.
///
/// @param receivedMicros when it arrived, in microseconds since 1970
/// @param tenant whose it is
/// @param id the event's id, empty when nobody could read it
/// @param type the event's type, likewise
/// @param code ClickHouse's error code, 0 when it never came that far
/// @param reason a sentence
/// @param value the bytes as they came
/// @param origin where it came from
record DeadLetter(
        long receivedMicros,
        String tenant,
        String id,
        String type,
        int code,
        String reason,
        ByteBuffer value,
        Origin origin) {

    /// A copy of the value.
    byte[] bytes() {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }

    /// Of a row that ClickHouse refused.
    static DeadLetter of(EventRow row, Answer.Refused refused) {
        return new DeadLetter(
                row.receivedMicros(),
                row.delivery().tenant(),
                row.delivery().event().id(),
                row.delivery().event().type(),
                refused.code(),
                refused.sentence(),
                ByteBuffer.wrap(row.delivery().event().json()),
                row.origin());
    }
}
