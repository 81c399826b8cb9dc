package io.floodmark.ingest.postgres;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.WireEvent;
import java.io.IOException;
import java.util.Collection;

/// A batch's rows of the events' table in the binary format of COPY. The JSON goes over as it is,
/// without escapes. *Threads:* for one; it keeps its memory.
final class CopyRows {
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
    };
    private static final int COLUMNS = 7;
    private static final int END = -1;
    private static final byte JSONB_VERSION = 1;

    /// PostgreSQL counts from 2000-01-01.
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private final CopyBuffer out = new CopyBuffer();

    /// These rows, in this order.
    CopyBuffer of(Collection<Row> rows, Stamp stamp) {
        long received = stamp.micros();
        begin();
        for (Row row : rows) {
            event(row.delivery(), received);
        }
        out.putShort(END);
        return out;
    }

    private void event(Delivery delivery, long receivedMicros) {
        WireEvent event = delivery.event();
        out.putShort(COLUMNS);
        time(receivedMicros);
        time(event.occurredMicros());
        out.putText(delivery.tenant());
        out.putText(event.id());
        out.putText(event.type());
        event.key().ifPresentOrElse(out::putText, out::putNull);
        out.putInt(event.bytes() + 1);
        out.write(JSONB_VERSION);
        try {
            event.writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
    }

    private void begin() {
        out.clear();
        out.write(SIGNATURE, 0, SIGNATURE.length);
        out.putInt(0);
        out.putInt(0);
    }

    private void time(long micros) {
        out.putInt(Long.BYTES);
        out.putLong(micros - EPOCH_MICROS);
    }
}
