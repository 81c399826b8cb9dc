package io.floodmark.bench.ingest;

import io.floodmark.bench.stores.Database;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// One connection that copies rows into a table again and again, in binary form and one transaction
/// for each copy, each time with new ids, in the order of their numbers. *Threads:* one.
final class RawCopy implements Callable<Long> {
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
    };
    private static final short COLUMNS = 7;
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    private final Database database;
    private final String table;
    private final Rows rows;
    private final Numbers numbers;
    private final BooleanSupplier goOn;

    /// @param table with the columns of the events
    RawCopy(Database database, String table, Rows rows, Numbers numbers, BooleanSupplier goOn) {
        this.database = database;
        this.table = table;
        this.rows = rows;
        this.numbers = numbers;
        this.goOn = goOn;
    }

    /// Where ids come from.
    ///
    /// @param next number of an event, never given out twice
    record Numbers(EventIds ids, AtomicLong next) {}

    /// What is copied: rows in the form of COPY, and where their ids are. The JSON of a row keeps
    /// the id that it was made with. *Threads:* all; it does not change.
    static final class Rows {
        private final byte[] bytes;
        private final int[] idOffsets;

        private Rows(byte[] bytes, int[] idOffsets) {
            this.bytes = bytes;
            this.idOffsets = idOffsets;
        }

        int count() {
            return idOffsets.length;
        }

        /// A copy, whose ids can be set.
        private Rows own() {
            return new Rows(bytes.clone(), idOffsets);
        }

        private void set(EventIds ids, long first) {
            for (int i = 0; i < idOffsets.length; i++) {
                ids.write(first + i, bytes, idOffsets[i]);
            }
        }
    }

    /// Rows of the benchmark's events.
    static Rows rows(int count, Instant received) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        int[] idOffsets = new int[count];
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
        for (int number = 0; number < count; number++) {
            String id = BenchEvents.id(number);
            out.writeShort(COLUMNS);
            time(out, received.getEpochSecond() * 1_000_000);
            time(out, BenchEvents.MICROS);
            text(out, "");
            idOffsets[number] = out.size() + Integer.BYTES;
            text(out, id);
            text(out, BenchEvents.TYPE);
            text(out, BenchEvents.key(number));
            byte[] json = BenchEvents.json(number, id).getBytes(StandardCharsets.UTF_8);
            out.writeInt(json.length + 1);
            out.writeByte(1);
            out.write(json);
        }
        out.writeShort(-1);
        return new Rows(bytes.toByteArray(), idOffsets);
    }

    private static void time(DataOutputStream out, long micros) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(micros - POSTGRES_EPOCH_MICROS);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    /// Copies until it is told to end.
    ///
    /// @return how many rows are committed
    @Override
    public Long call() throws Exception {
        String sql =
                "COPY %s (received_at, occurred_at, tenant, event_id, event_type, key, event) FROM STDIN (FORMAT binary)"
                        .formatted(table);
        Rows own = rows.own();
        long committed = 0;
        try (Connection connection = database.open()) {
            while (goOn.getAsBoolean()) {
                own.set(numbers.ids(), numbers.next().getAndAdd(own.count()));
                CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
                copy.writeToCopy(own.bytes, 0, own.bytes.length);
                copy.endCopy();
                committed += own.count();
            }
        }
        return committed;
    }
}
