package io.floodmark.cli;

import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.flow.BatchRule;
import io.floodmark.ingest.flow.BreakerSettings;
import io.floodmark.ingest.flow.PipelineSettings;
import io.floodmark.ingest.http.ApiKeys;
import io.floodmark.ingest.http.ServerSettings;
import io.floodmark.ingest.journal.JournalUse;
import io.floodmark.load.time.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Option;

/// Options that say how `floodmark ingest` serves and writes.
final class IngestOptions {
    private static final String DISK = "disk";
    private static final String MEMORY = "memory";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE})")
    private String address = "127.0.0.1";

    @Option(
            names = "--listen-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port to listen on, 0 for any (default: ${DEFAULT-VALUE})")
    private int port = 8080;

    @Option(
            names = "--api-keys",
            paramLabel = "FILE",
            description =
                    "Who may send: lines of name, SHA-256 of the key, events/s, bytes/s (default: everybody)")
    private Optional<Path> keys = Optional.empty();

    @Option(
            names = "--without-keys",
            description = "Let everybody send although the address is not loopback")
    private boolean anybody;

    @Option(
            names = "--cors-origin",
            paramLabel = "ORIGIN",
            description = "Whose pages may send from a browser; may be given again; * for all")
    private Set<String> origins = new LinkedHashSet<>();

    @Option(
            names = "--ack",
            paramLabel = "LEVEL",
            description =
                    "When to acknowledge: postgres or kafka (the sink has it, the default), disk (it is in the"
                            + " journal), or memory (faster, and lost if this process ends)")
    private Optional<String> ack = Optional.empty();

    @Option(
            names = "--writers",
            paramLabel = "N",
            description =
                    "Batches written at a time, each on a connection of its own (default: 2; with Kafka 1, which keeps"
                            + " the order of requests; with ClickHouse 1)")
    private OptionalInt writers = OptionalInt.empty();

    @Option(
            names = "--batch-rows",
            paramLabel = "N",
            description =
                    "Most events in a batch (default: 8000; with Kafka 10000, with ClickHouse 50000)")
    private OptionalInt rows = OptionalInt.empty();

    @Option(
            names = "--batch-age",
            paramLabel = "MS",
            description =
                    "How long a batch is gathered although a writer is free; 0 writes at once (default: 0; with"
                            + " ClickHouse 1000)")
    private OptionalInt ageMillis = OptionalInt.empty();

    @Option(
            names = "--in-flight",
            paramLabel = "MIB",
            defaultValue = "64",
            description =
                    "Memory for requests under way; beyond it 503 (default: ${DEFAULT-VALUE})")
    private int inFlightMib = 64;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "15",
            description = "How long a request waits for the sink (default: ${DEFAULT-VALUE})")
    private int timeoutSeconds = 15;

    @Option(
            names = "--drain",
            paramLabel = "S",
            defaultValue = "30",
            description = "How long the end may take (default: ${DEFAULT-VALUE})")
    private int drainSeconds = 30;

    @Option(
            names = "--stop-at-eof",
            description = "Stop as after SIGTERM when standard input ends; leave Ctrl-C alone")
    private boolean stopAtEof;

    /// Whether the end has come.
    BooleanSupplier stop() {
        return stopAtEof ? Interruption.requestedByStarter() : Interruption.requested();
    }

    /// How to serve.
    ///
    /// @throws IllegalArgumentException with a sentence for the user
    ServerSettings settings(SinkKind sink, BreakerSettings breaker) {
        if (!LOOPBACK.contains(address) && keys.isEmpty() && !anybody) {
            throw new IllegalArgumentException(
                    "--listen %s lets a network in: name who may send with --api-keys, or say --without-keys"
                            .formatted(address));
        }
        PipelineSettings usual = sink.pipeline();
        return new ServerSettings(
                address,
                port,
                early(sink),
                (long) inFlightMib << 20,
                1_024,
                Duration.ofSeconds(timeoutSeconds),
                origins,
                IngestLimits.defaults(),
                new PipelineSettings(writers.orElse(usual.writers()), rule(usual.rule()), breaker));
    }

    private BatchRule rule(BatchRule usual) {
        int most = rows.orElse(usual.rowsMax());
        if (ageMillis.isEmpty()) {
            return new BatchRule(most, usual.bytesMax(), usual.ageMax(), usual.eager());
        }
        int age = ageMillis.getAsInt();
        Duration ageMax = age == 0 ? usual.ageMax() : Duration.ofMillis(age);
        return new BatchRule(most, usual.bytesMax(), ageMax, age == 0);
    }

    private boolean early(SinkKind sink) {
        String level = ack.orElse(sink.label());
        if (!List.of(sink.label(), DISK, MEMORY).contains(level)) {
            throw new IllegalArgumentException(
                    "--ack is %s, allowed: %s, disk, memory".formatted(level, sink.label()));
        }
        return level.equals(MEMORY);
    }

    /// What the journal is for, where there is one.
    JournalUse journalUse() {
        return ack.filter(DISK::equals).isPresent() ? JournalUse.ALWAYS : JournalUse.OUTAGE;
    }

    /// Who may send.
    ///
    /// @throws IllegalArgumentException with a sentence for the user
    ApiKeys keys() throws IOException {
        if (keys.isEmpty()) {
            return ApiKeys.none();
        }
        try {
            return ApiKeys.parse(Files.readAllLines(keys.get()), SystemTime.INSTANCE.nanos());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--api-keys %s: %s".formatted(keys.get(), e.getMessage()), e);
        }
    }

    Duration drain() {
        return Duration.ofSeconds(drainSeconds);
    }
}
