package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.metrics.FeedMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads partitions and inserts what they hold, plan by plan: a plan is committed, its records are
/// inserted, its end is committed. A crash between any two of these repeats the same insert.
/// *Threads:* for one.
final class FeedLoop implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(FeedLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COMMIT = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final FeedSettings settings;
    private final Inserter inserter;
    private final FeedMetrics metrics;
    private final LongSupplier nanos;
    private final FeedRecords reader = new FeedRecords();
    private final Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();

    FeedLoop(
            Consumer<byte[], byte[]> consumer,
            FeedSettings settings,
            Inserter inserter,
            FeedMetrics metrics,
            LongSupplier nanos) {
        this.consumer = consumer;
        this.settings = settings;
        this.inserter = inserter;
        this.metrics = metrics;
        this.nanos = nanos;
    }

    void subscribe() {
        consumer.subscribe(List.of(settings.topic()), this);
    }

    /// Reads a little and inserts what is due.
    ///
    /// @param draining whether everything is due
    void turn(boolean draining) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            Lane lane = lanes.get(new TopicPartition(record.topic(), record.partition()));
            if (lane != null) {
                lane.add(record, nanos.getAsLong());
            }
        }
        boolean well = true;
        for (Lane lane : List.copyOf(lanes.values())) {
            // When ClickHouse is away for one it is for all, and Kafka wants to hear from us.
            if (well) {
                advance(lane, draining);
                well = lane.work().isEmpty();
            }
            breathe(lane);
        }
        report();
    }

    private void advance(Lane lane, boolean draining) {
        try {
            if (lane.work().isEmpty()) {
                begin(lane, draining);
            }
            if (lane.work().isPresent()) {
                carry(lane, lane.work().get());
            }
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // Somebody else may have the partition by now, and then goes on from the plan.
            LOG.info("{} changes hands: {}", lane.partition(), e.getMessage());
        }
    }

    private void begin(Lane lane, boolean draining) {
        Optional<Plan> inherited = lane.inherited();
        if (inherited.isPresent()) {
            if (consumer.position(lane.partition()) > inherited.get().last()) {
                work(lane, inherited.get(), true);
            }
            return;
        }
        if (due(lane, draining)) {
            Plan plan = lane.plan(settings.gathering().rowsMax(), bytesMax());
            commit(lane, lane.next(), plan.text());
            work(lane, plan, false);
        }
    }

    private void work(Lane lane, Plan plan, boolean repeated) {
        List<ConsumerRecord<byte[], byte[]>> records = lane.take(plan);
        lane.begin(Work.of(lane.partition(), plan, records, reader, repeated));
    }

    private boolean due(Lane lane, boolean draining) {
        long age = lane.ageNanos(nanos.getAsLong());
        return age > 0
                && (draining
                        || lane.full(settings.gathering().rowsMax(), bytesMax())
                        || age >= settings.gathering().ageNanosMax(lanes.size()));
    }

    private long bytesMax() {
        return settings.gathering().bytesMax(lanes.size());
    }

    private void carry(Lane lane, Work work) {
        if (!work.advance(inserter)) {
            return;
        }
        commit(lane, work.plan().last() + 1, "");
        lane.finished(work.plan(), nanos.getAsLong());
        metrics.stored(work.records(), work.oldestMillis());
    }

    private void commit(Lane lane, long offset, String metadata) {
        consumer.commitSync(
                Map.of(lane.partition(), new OffsetAndMetadata(offset, metadata)), COMMIT);
    }

    /// Lets a partition be read only while there is room for what it holds.
    private void breathe(Lane lane) {
        if (!lanes.containsKey(lane.partition())) {
            return;
        }
        Set<TopicPartition> one = Set.of(lane.partition());
        if (lane.full(settings.gathering().rowsMax(), bytesMax())) {
            consumer.pause(one);
        } else {
            consumer.resume(one);
        }
    }

    private void report() {
        long behind = 0;
        long oldest = Long.MAX_VALUE;
        for (Lane lane : lanes.values()) {
            OptionalLong ahead = consumer.currentLag(lane.partition());
            behind +=
                    ahead.orElse(0)
                            + Math.max(0, consumer.position(lane.partition()) - lane.next());
            oldest = Math.min(oldest, lane.oldestMillis().orElse(Long.MAX_VALUE));
        }
        metrics.place(lanes.size(), behind, oldest);
    }

    /// Whether everything that the topic holds is stored.
    boolean caughtUp() {
        if (lanes.isEmpty()) {
            return false;
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(lanes.keySet(), COMMIT);
        return lanes.values().stream()
                .allMatch(lane ->
                        lane.isEmpty()
                                && consumer.position(lane.partition())
                                        >= ends.getOrDefault(lane.partition(), 0L));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                consumer.committed(Set.copyOf(partitions), COMMIT);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, COMMIT);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, COMMIT);
        for (TopicPartition partition : partitions) {
            long first = beginnings.getOrDefault(partition, 0L);
            Span span = new Span(first, Math.max(first, ends.getOrDefault(partition, 0L)));
            Optional<OffsetAndMetadata> known = Optional.ofNullable(committed.get(partition));
            long next = start(partition, known.map(OffsetAndMetadata::offset).orElse(first), span);
            Optional<Plan> plan =
                    known.flatMap(it -> Plan.parse(it.metadata()))
                            .filter(it -> it.last() >= next && it.last() < span.end());
            lanes.put(partition, new Lane(partition, next, plan));
        }
    }

    /// What a partition holds: from this offset on, up to the one before the other.
    private record Span(long first, long end) {}

    /// Where to begin: at the offset that was committed, unless the partition does not reach that
    /// far, because it lost its beginning or was made anew.
    private long start(TopicPartition partition, long committed, Span span) {
        if (committed >= span.first() && committed <= span.end()) {
            return committed;
        }
        if (committed < span.first()) {
            LOG.error("{}: records {} to {} are gone", partition, committed, span.first() - 1);
            metrics.gone(span.first() - committed);
        } else {
            LOG.warn("{} ends before {}: it was made anew", partition, committed);
        }
        consumer.seek(partition, span.first());
        return span.first();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(lanes::remove);
    }
}
