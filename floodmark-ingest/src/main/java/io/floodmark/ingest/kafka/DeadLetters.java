package io.floodmark.ingest.kafka;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Rejection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/// Writes events that Kafka refused into a topic of their own. *Threads:* for all but the
/// producer's, which it waits for.
final class DeadLetters implements Burial {
    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Clock clock;
    private final Duration most;

    DeadLetters(Producer<byte[], byte[]> producer, KafkaSettings settings, Clock clock) {
        this.producer = producer;
        this.topic = settings.deadLetterTopic();
        this.clock = clock;
        this.most = settings.producer().delivery().plusSeconds(2);
    }

    @Override
    public Outcome bury(Delivery delivery, Exception why) {
        try {
            producer.send(KafkaRecords.deadLetter(topic, delivery, clock.millis(), why))
                    .get(most.toMillis(), TimeUnit.MILLISECONDS);
            return rejected("it lies in the topic " + topic, why);
        } catch (ExecutionException e) {
            boolean hopeless =
                    e.getCause() instanceof Exception cause && Refusal.of(cause) == Refusal.POISON;
            return hopeless
                    ? rejected(
                            "the topic %s, which must take longer ones, does not take it either"
                                    .formatted(topic),
                            why)
                    : notTaken(why);
        } catch (TimeoutException | KafkaException | IllegalStateException e) {
            return notTaken(why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notTaken(why);
        }
    }

    /// Keeps nothing: for events that lie with the dead letters already.
    static Outcome leave(Delivery delivery, Exception why) {
        return rejected("it stays with the dead letters", why);
    }

    private static Outcome rejected(String where, Exception why) {
        return new Outcome.Rejected(
                new Rejection(
                        Rejection.Code.POISON,
                        "",
                        0,
                        "Kafka refused it (%s); %s"
                                .formatted(why.getClass().getSimpleName(), where)));
    }

    private Outcome notTaken(Exception why) {
        return new Outcome.NotTaken(
                "Kafka refused it (%s), and its topic %s does not answer; send it again later"
                        .formatted(why.getClass().getSimpleName(), topic));
    }
}
