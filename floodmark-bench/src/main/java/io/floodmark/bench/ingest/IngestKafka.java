package io.floodmark.bench.ingest;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.bench.harness.Target;
import io.floodmark.ingest.kafka.KafkaSettings;
import io.floodmark.ingest.kafka.KafkaSink;
import io.floodmark.local.LocalKafka;
import io.floodmark.local.LocalServerException;
import io.floodmark.store.TimeAndChance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/ingest-kafka`.
@Command(
        name = "ingest-kafka",
        description = {
            "How many events a second the ingestion pipeline gets acknowledged by Kafka (acks=all,",
            "idempotent, LZ4), against Kafka's own producer benchmark with the same records and settings",
            "on the same broker, in alternating rounds. Ours carry a key and headers, the peer's do not."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/ingest-kafka",
            "  bench/ingest-kafka --quick --json",
            "  bench/ingest-kafka --batch 1",
            "",
            "Exit codes: 0 target met, 1 setup or usage, 3 the target missed, 4 invalid"
        })
public final class IngestKafka implements Callable<Integer> {
    private static final long RECORDS = 3_000_000;
    private static final long RECORDS_QUICK = 1_500_000;
    private static final int LINES = 10_000;
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Target TARGET = Target.ratioAtLeast(0.8);

    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "100",
            description = "Events in a request (default: ${DEFAULT-VALUE}).")
    private int batch = 100;

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "Events in a round (default: 3000000, quick: 1500000).")
    private Optional<Long> records = Optional.empty();

    /// Made by [#main], and by tests.
    public IngestKafka() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new IngestKafka()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return common.run(this::measure);
    }

    private List<Result> measure() throws Exception {
        long count = records.orElse(common.either(RECORDS, RECORDS_QUICK));
        if (batch < 1 || batch > LINES || count < LINES) {
            throw common.mistake(
                    "--batch must be 1 to %d, --records at least %d".formatted(LINES, LINES));
        }
        Path folder = Files.createTempDirectory("floodmark-bench-");
        common.tell("starting a private Kafka broker");
        try (LocalKafka broker =
                LocalKafka.start(LocalKafka.Options.defaults().with(LocalKafka.Tuning.LOAD))) {
            return measure(broker, folder, count);
        } catch (LocalServerException e) {
            throw new SetupFailure(String.valueOf(e.getMessage()), e);
        } finally {
            delete(folder);
        }
    }

    private List<Result> measure(LocalKafka broker, Path folder, long count) throws Exception {
        List<String> lines = lines();
        Path payload = Files.write(folder.resolve("payload"), lines);
        KafkaSettings settings = KafkaSettings.of(broker.bootstrapServers());
        PipelineLoad load = new PipelineLoad(lines, batch);
        ProducerPerformance peer = new ProducerPerformance(broker, settings, folder);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        try (KafkaSink sink = KafkaSink.open(settings, ANSWER, TimeAndChance.system().clock())) {
            common.tell("warming up");
            load.eventsPerSecond(sink, count);
            for (int number = 0; number < common.rounds(); number++) {
                // Alternating, and the first of a round is by turns one or the other.
                if (number % 2 == 0) {
                    ours.add(load.eventsPerSecond(sink, count));
                }
                theirs.add(peer.recordsPerSecond(payload, count, count));
                if (number % 2 == 1) {
                    ours.add(load.eventsPerSecond(sink, count));
                }
                common.tell(
                        "ours %,.0f events/s, Kafka's own %,.0f records/s"
                                .formatted(ours.getLast(), theirs.getLast()));
            }
        }
        return List.of(result(new Rounds(ours), new Rounds(theirs), lines));
    }

    private Result result(Rounds ours, Rounds theirs, List<String> lines) {
        double bytes = lines.stream().mapToInt(String::length).average().orElseThrow();
        return new Result(
                "ingest-kafka.batch-" + batch,
                "events/s",
                ours,
                Optional.of(ours.over(theirs)),
                TARGET,
                true,
                new TreeMap<>(
                        Map.of("peer_records_per_s", theirs.median(), "bytes_per_event", bytes)));
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add(
                    ("{\"event_id\":\"019aa6b2-7c1e-7d3a-9f4b-%012d\",\"event_type\":\"page_view\","
                                    + "\"timestamp\":\"2026-11-21T10:00:00.%03dZ\",\"user_id\":\"user-%06d\","
                                    + "\"campaign\":\"autumn\",\"source\":\"newsletter\",\"properties\":"
                                    + "{\"path\":\"/shop/item/%d\",\"price\":19.90,\"tags\":[\"a\",\"b\"]}}")
                            .formatted(i * 7_919L, i % 1_000, i, i * 31));
        }
        return lines;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
