package io.floodmark.bench.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A setting whose values can be tried.
enum Setting {
    WRITERS("1,2,4,8", Unit.RATE, 4, "connections that write into PostgreSQL"),
    BATCH_ROWS("100,200,500,2000,8000", Unit.RATE, 4, "most events in a transaction of PostgreSQL"),
    RECONNECT(
            "never,100,10,1",
            Unit.RATE,
            4,
            "batches after which a writer takes another connection"),
    BATCH_AGE(
            "0,10,50,100",
            Unit.MILLIS,
            4,
            "ms for which a batch is gathered; the median response at 2,000 events/s"),
    COMPRESSION("none,gzip,snappy,lz4,zstd", Unit.RATE, 3, "of records on their way to Kafka"),
    LINGER("0,5,20,50", Unit.RATE, 3, "ms for which a record waits for others"),
    KAFKA_BATCH("16,64,256", Unit.RATE, 3, "KiB of the largest batch for a partition"),
    PARSER(
            "ours,jackson,walk",
            Unit.RATE,
            3,
            "who checks JSON: our scanner, Jackson with the same checks, or Jackson with none"),
    OBJECTS("new,pooled", Unit.RATE, 3, "objects of events: new ones, or used ones out of a pool"),
    BREAKER(
            "3/60/10/30,3/50/10/2,1/50/10/2,1/50/5/2",
            Unit.SECONDS,
            1,
            "batches/percent/window/open: seconds until something is stored once PostgreSQL is back"),
    HEDGE(
            "off,50",
            Unit.MILLIS,
            20,
            "ms after which a read is sent to another server; p99 beside a replica that stalls");

    private final String values;
    private final Unit unit;
    private final double seconds;
    private final String what;

    Setting(String values, Unit unit, double seconds, String what) {
        this.values = values;
        this.unit = unit;
        this.seconds = seconds;
        this.what = what;
    }

    /// Of what is measured.
    enum Unit {
        RATE("events/s"),
        MILLIS("ms"),
        SECONDS("s");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static Optional<Setting> named(String name) {
        return Arrays.stream(values()).filter(one -> one.label().equals(name)).findFirst();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    List<String> usual() {
        return List.of(values.split(",", -1));
    }

    Unit unit() {
        return unit;
    }

    /// How long one measurement takes, where it is not said.
    double seconds() {
        return seconds;
    }

    /// For people.
    String what() {
        return what;
    }

    /// Opens where its values are tried, with all that it needs.
    Arena open() {
        return switch (this) {
            case WRITERS -> new PostgresArena(Writing::byWriters);
            case BATCH_ROWS -> new PostgresArena(Writing::byRows);
            case RECONNECT -> new PostgresArena(Writing::byBatchesOfConnection);
            case BATCH_AGE -> new AgeArena();
            case COMPRESSION -> new KafkaArena(Producers::byCompression);
            case LINGER -> new KafkaArena(Producers::byLinger);
            case KAFKA_BATCH -> new KafkaArena(Producers::byBatch);
            case PARSER -> new ParserArena();
            case OBJECTS -> new ObjectsArena();
            case BREAKER -> new BreakerArena();
            case HEDGE -> new HedgeArena();
        };
    }
}
