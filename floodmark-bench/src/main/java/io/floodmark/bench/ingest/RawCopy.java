package io.floodmark.bench.ingest;

import io.floodmark.bench.stores.Database;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// One connection that copies the same rows into the events' table again and again, in binary form
/// and one transaction for each copy: the least that storing these events can cost. *Threads:* one.
final class RawCopy implements Callable<Long> {
    static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
    };
    private static final short COLUMNS = 7;
    static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    private final Database database;
    private final String schema;
    private final Rows rows;
    private final BooleanSupplier goOn;

    RawCopy(Database database, String schema, Rows rows, BooleanSupplier goOn) {
        this.database = database;
        this.schema = schema;
        this.rows = rows;
        this.goOn = goOn;
    }

    /// What is copied: rows in the form of COPY, and how many they are.
    static final class Rows {
        private final byte[] bytes;
        private final int count;

        Rows(byte[] bytes, int count) {
            this.bytes = bytes;
            this.count = count;
        }

        int count() {
            return count;
        }

        void into(Connection connection, String sql) throws SQLException {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
        }
    }

    static String intoEvents(String schema) {
        return "COPY %s.ingest_events (received_at, occurred_at, tenant, event_id, event_type, key, event) FROM STDIN (FORMAT binary)"
                .formatted(schema);
    }

    /// Rows of the benchmark's events.
    static Rows rows(int count, Instant received) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
        for (int number = 0; number < count; number++) {
            String id = BenchEvents.id(number);
            out.writeShort(COLUMNS);
            time(out, received.getEpochSecond() * 1_000_000);
            time(out, BenchEvents.MICROS);
            text(out, "");
            text(out, id);
            text(out, BenchEvents.TYPE);
            text(out, BenchEvents.key(number));
            byte[] json = BenchEvents.json(number, id).getBytes(StandardCharsets.UTF_8);
            out.writeInt(json.length + 1);
            out.writeByte(1);
            out.write(json);
        }
        out.writeShort(-1);
        return new Rows(bytes.toByteArray(), count);
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
        long committed = 0;
        try (Connection connection = database.open()) {
            while (goOn.getAsBoolean()) {
                rows.into(connection, intoEvents(schema));
                committed += rows.count();
            }
        }
        return committed;
    }
}
