package io.floodmark.bench.settings;

import io.floodmark.bench.ingest.BenchEvents;
import io.floodmark.bench.ingest.PipelineLoad;
import io.floodmark.ingest.kafka.KafkaSettings;
import io.floodmark.ingest.kafka.KafkaSink;
import io.floodmark.load.time.SystemTime;
import io.floodmark.local.LocalKafka;
import io.floodmark.store.TimeAndChance;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import javax.management.JMException;
import javax.management.ObjectName;

/// As many events as one thread can submit go through the pipeline into a Kafka broker on loopback,
/// where bytes on the wire cost nothing but their copying.
final class KafkaArena implements Arena {
    private static final int LINES = 10_000;
    private static final int REQUEST = 100;
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String METRICS =
            "kafka.producer:type=producer-metrics,client-id=floodmark-ingest";

    private final LocalKafka broker =
            LocalKafka.start(
                    LocalKafka.Options.defaults()
                            .with(LocalKafka.Tuning.LOAD)
                            // What was measured is not needed any more, and disks are small.
                            .with("log.segment.bytes", Integer.toString(64 << 20))
                            .with("log.retention.bytes", Integer.toString(128 << 20))
                            .with("log.retention.check.interval.ms", "1000")
                            .with("log.segment.delete.delay.ms", "1000"));
    private final PipelineLoad load =
            new PipelineLoad(
                    LongStream.range(0, LINES)
                            .mapToObj(number -> BenchEvents.json(number, BenchEvents.id(number)))
                            .toList(),
                    REQUEST);
    private final Function<String, KafkaSettings.Producing> meaning;

    /// @param meaning what a value says of the producer
    KafkaArena(Function<String, KafkaSettings.Producing> meaning) {
        this.meaning = meaning;
    }

    @Override
    public Trial measure(String value, Duration length) throws Exception {
        KafkaSettings usual = KafkaSettings.of(broker.bootstrapServers());
        KafkaSettings settings =
                new KafkaSettings(
                        usual.bootstrap(), usual.topic(), usual.partitions(), meaning.apply(value));
        try (KafkaSink sink = KafkaSink.open(settings, ANSWER, TimeAndChance.system().clock())) {
            double ours = cpuMicros(ProcessHandle.current().pid());
            double theirs = cpuMicros(broker.pid());
            long end = SystemTime.INSTANCE.nanos() + length.toNanos();
            PipelineLoad.Sent sent = load.send(sink, _ -> SystemTime.INSTANCE.nanos() < end);
            return new Trial(
                    sent.perSecond(),
                    true,
                    Map.of(
                            "wire_bytes_per_event",
                            metric("outgoing-byte-total") / sent.events(),
                            "batch_bytes",
                            metric("batch-size-avg"),
                            "client_cpu_us_per_event",
                            (cpuMicros(ProcessHandle.current().pid()) - ours) / sent.events(),
                            "broker_cpu_us_per_event",
                            (cpuMicros(broker.pid()) - theirs) / sent.events()));
        }
    }

    private static double metric(String name) throws JMException {
        Object value =
                ManagementFactory.getPlatformMBeanServer()
                        .getAttribute(new ObjectName(METRICS), name);
        return ((Number) value).doubleValue();
    }

    private static double cpuMicros(long pid) {
        return ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow()
                        .toNanos()
                / 1_000.0;
    }

    @Override
    public void close() {
        broker.close();
    }
}
