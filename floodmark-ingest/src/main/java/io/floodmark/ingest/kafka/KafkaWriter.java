package io.floodmark.ingest.kafka;

import io.floodmark.ingest.Delivery;
import io.floodmark.ingest.Outcome;
import io.floodmark.ingest.Outstanding;
import io.floodmark.ingest.Sink;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/// Hands records to the producer in the order of their events and does not wait for them, so that
/// the producer's own batches fill. *Threads:* for one.
final class KafkaWriter implements Sink.Writer {
    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Burial burial;
    private final Clock clock;
    private final Duration most;
    private final BooleanSupplier ready;
    private final Outstanding outstanding = new Outstanding();

    KafkaWriter(
            Producer<byte[], byte[]> producer,
            KafkaSettings settings,
            Clock clock,
            Burial burial,
            BooleanSupplier ready) {
        this.producer = producer;
        this.ready = ready;
        this.topic = settings.topic();
        this.burial = burial;
        this.clock = clock;
        // An event that is buried has had two deliveries.
        this.most = settings.producer().delivery().multipliedBy(2).plusSeconds(5);
    }

    @Override
    public Sink.Written write(List<Delivery> batch) {
        BlockingQueue<Sink.Written> answer = new ArrayBlockingQueue<>(1);
        write(batch, answer::add);
        try {
            Sink.Written written = answer.poll(most.toMillis(), TimeUnit.MILLISECONDS);
            if (written != null) {
                return written;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Sink.Written(
                Collections.nCopies(batch.size(), new Outcome.Unknown("Kafka did not answer")),
                false);
    }

    @Override
    public void write(List<Delivery> batch, Consumer<Sink.Written> done) {
        if (batch.isEmpty()) {
            done.accept(new Sink.Written(List.of(), true));
            return;
        }
        outstanding.begin();
        SentBatch sent =
                new SentBatch(
                        batch,
                        burial,
                        written -> {
                            try {
                                done.accept(written);
                            } finally {
                                outstanding.end();
                            }
                        });
        if (!ready.getAsBoolean()) {
            sent.notTried(0);
            return;
        }
        long now = clock.millis();
        for (int i = 0; i < batch.size(); i++) {
            if (sent.stuck()) {
                sent.notTried(i);
                return;
            }
            send(sent, i, batch.get(i), now);
        }
    }

    private void send(SentBatch sent, int index, Delivery delivery, long now) {
        try {
            // The callback gets what the future would.
            var _ =
                    producer.send(
                            KafkaRecords.event(topic, delivery, now), sent.acknowledge(index));
        } catch (KafkaException | IllegalStateException e) {
            // Thrown instead of handed to the callback: interrupted, or the producer is closed.
            sent.ended(index, e);
        }
    }

    @Override
    public void close() {
        outstanding.awaitNone(most);
    }
}
