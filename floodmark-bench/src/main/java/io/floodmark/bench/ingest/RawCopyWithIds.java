package io.floodmark.bench.ingest;

import io.floodmark.bench.stores.Database;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// One connection that copies the same events again and again, and with each a new id into the ids'
/// table, in one transaction: the least that storing events and telling duplicates by a unique
/// index can cost. *Threads:* one.
final class RawCopyWithIds implements Callable<Long> {
    private static final short COLUMNS = 3;
    private static final int HEADER_BYTES = RawCopy.SIGNATURE.length + 2 * Integer.BYTES;
    private static final int ROW_BYTES = Short.BYTES + 3 * Integer.BYTES + 4 * Long.BYTES;
    private static final short END = -1;

    private final Database database;
    private final String schema;
    private final RawCopy.Rows events;
    private final AtomicLong numbers;
    private final BooleanSupplier goOn;

    /// @param numbers of ids, never given out twice
    RawCopyWithIds(
            Database database,
            String schema,
            RawCopy.Rows events,
            AtomicLong numbers,
            BooleanSupplier goOn) {
        this.database = database;
        this.schema = schema;
        this.events = events;
        this.numbers = numbers;
        this.goOn = goOn;
    }

    /// Copies until it is told to end.
    ///
    /// @return how many events are committed
    @Override
    public Long call() throws Exception {
        String ids =
                "COPY %s.ingest_ids (id, batch, received_at) FROM STDIN (FORMAT binary)"
                        .formatted(schema);
        long committed = 0;
        try (Connection connection = database.open()) {
            connection.setAutoCommit(false);
            while (goOn.getAsBoolean()) {
                ids().into(connection, ids);
                events.into(connection, RawCopy.intoEvents(schema));
                connection.commit();
                committed += events.count();
            }
        }
        return committed;
    }

    private RawCopy.Rows ids() {
        ByteBuffer out =
                ByteBuffer.allocate(HEADER_BYTES + events.count() * ROW_BYTES + Short.BYTES);
        out.put(RawCopy.SIGNATURE).putInt(0).putInt(0);
        long first = numbers.getAndAdd(events.count());
        for (long number = first; number < first + events.count(); number++) {
            out.putShort(COLUMNS);
            out.putInt(2 * Long.BYTES).putLong(BenchEvents.idHigh(number));
            out.putLong(BenchEvents.idLow(number));
            out.putInt(Long.BYTES).putLong(first);
            out.putInt(Long.BYTES).putLong(BenchEvents.MICROS - RawCopy.POSTGRES_EPOCH_MICROS);
        }
        out.putShort(END);
        return new RawCopy.Rows(out.array(), events.count());
    }
}
