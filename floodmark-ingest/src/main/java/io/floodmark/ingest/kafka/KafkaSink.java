package io.floodmark.ingest.kafka;

import io.floodmark.ingest.AckLevel;
import io.floodmark.ingest.Sink;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps events in a topic of Kafka: stored means acknowledged by all in-sync replicas.
///
/// Events of one key go to one partition, in the order in which one writer got them. Kafka does not
/// know duplicates: readers tell them by `event_id`. *Threads:* for all; the writers share one
/// producer.
public final class KafkaSink implements Sink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSink.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private static final Duration LATE_ANSWER = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final KafkaSettings settings;
    private final Clock clock;
    private final Burial burial;
    private volatile boolean ready;

    private enum Refused {
        BURIED,
        LEFT
    }

    private KafkaSink(
            KafkaSettings settings, Clock clock, OptionalInt batchBytesMax, Refused refused) {
        this.producer = producer(settings, batchBytesMax.orElse(Integer.MAX_VALUE));
        this.settings = settings;
        this.clock = clock;
        this.burial =
                switch (refused) {
                    case BURIED -> new DeadLetters(producer, settings, clock);
                    case LEFT -> DeadLetters::leave;
                };
        this.ready = batchBytesMax.isPresent();
    }

    private static Producer<byte[], byte[]> producer(KafkaSettings settings, int batchBytesMax) {
        try {
            return new KafkaProducer<>(
                    settings.producerConfig(batchBytesMax),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new KafkaNotReady(
                    "could not make a producer for Kafka at %s: %s"
                            .formatted(settings.bootstrap(), cause.getMessage()),
                    e);
        }
    }

    /// Makes the topics where they are missing, and the producer.
    ///
    /// @param most how long Kafka may take to answer
    /// @throws KafkaNotReady when it does not
    public static KafkaSink open(KafkaSettings settings, Duration most, Clock clock) {
        return open(settings, most, clock, Refused.BURIED);
    }

    /// The same for events that lie with the dead letters: those that are refused again stay where
    /// they are, and none is written there.
    ///
    /// @throws KafkaNotReady as [#open] does
    public static KafkaSink replaying(KafkaSettings settings, Duration most, Clock clock) {
        return open(settings, most, clock, Refused.LEFT);
    }

    private static KafkaSink open(
            KafkaSettings settings, Duration most, Clock clock, Refused refused) {
        int batchBytesMax = KafkaTopics.ensure(settings, most);
        return new KafkaSink(settings, clock, OptionalInt.of(batchBytesMax), refused);
    }

    /// Makes the producer, and the topics before the first event: Kafka may be away until then.
    ///
    /// @throws KafkaNotReady when the addresses are none
    public static KafkaSink openLater(KafkaSettings settings, Clock clock) {
        return new KafkaSink(settings, clock, OptionalInt.empty(), Refused.BURIED);
    }

    /// Whether the topics are there now.
    private boolean isReady() {
        if (!ready) {
            try {
                KafkaTopics.ensure(settings, LATE_ANSWER);
                ready = true;
            } catch (KafkaNotReady e) {
                LOG.warn("{}", e.getMessage());
            }
        }
        return ready;
    }

    @Override
    public AckLevel level() {
        return AckLevel.KAFKA;
    }

    @Override
    public Writer open() {
        return new KafkaWriter(producer, settings, clock, burial, this::isReady);
    }

    /// Ends the producer; what it has not sent fails.
    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
