package io.floodmark.ingest.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TopicExistsException;

/// The topics, made when they are missing.
final class KafkaTopics {
    /// Dead letters take what the other topic is too small for.
    private static final int DEAD_LETTER_BYTES_MAX = 64 << 20;

    private static final String LIMIT = "max.message.bytes";

    private KafkaTopics() {}

    /// Makes those that are missing.
    ///
    /// @return bytes of the longest batch that the topic takes
    static int ensure(KafkaSettings settings, Duration most) {
        int millis = Math.toIntExact(most.toMillis());
        Map<String, Object> config =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.bootstrap(),
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        millis,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        millis);
        try (Admin admin = Admin.create(config)) {
            Set<String> there = admin.listTopics().names().get(millis, TimeUnit.MILLISECONDS);
            if (!there.contains(settings.topic())) {
                create(admin, topic(settings, settings.topic()), millis);
            }
            if (!there.contains(settings.deadLetterTopic())) {
                NewTopic letters =
                        topic(settings, settings.deadLetterTopic())
                                .configs(Map.of(LIMIT, Integer.toString(DEAD_LETTER_BYTES_MAX)));
                create(admin, letters, millis);
            }
            return batchBytesMax(admin, settings.topic(), millis);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw notReady(settings, most, cause);
        } catch (org.apache.kafka.common.KafkaException e) {
            throw notReady(settings, most, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReady(settings, most, e);
        }
    }

    private static int batchBytesMax(Admin admin, String topic, int millis)
            throws ExecutionException, TimeoutException, InterruptedException {
        ConfigResource asked = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config =
                admin.describeConfigs(List.of(asked))
                        .all()
                        .get(millis, TimeUnit.MILLISECONDS)
                        .getOrDefault(asked, new Config(List.of()));
        ConfigEntry limit = config.get(LIMIT);
        return limit == null ? Integer.MAX_VALUE : Integer.parseInt(limit.value());
    }

    private static NewTopic topic(KafkaSettings settings, String name) {
        return new NewTopic(name, Optional.of(settings.partitions()), Optional.empty());
    }

    private static void create(Admin admin, NewTopic topic, int millis)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get(millis, TimeUnit.MILLISECONDS);
            awaitLeaders(admin, topic, millis);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            // Another node made it meanwhile.
        }
    }

    /// Waits until each partition of a topic just made is served. A producer has several requests
    /// under way: a leader that is not there yet could turn the first away and take the second, and
    /// the first would then be out of order for ever.
    private static void awaitLeaders(Admin admin, NewTopic topic, int millis)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends =
                IntStream.range(0, topic.numPartitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                        .collect(
                                Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        admin.listOffsets(ends).all().get(millis, TimeUnit.MILLISECONDS);
    }

    /// What the cause means for whoever starts the service, who knows nothing of our calls.
    private static KafkaNotReady notReady(KafkaSettings settings, Duration most, Throwable cause) {
        String brokers = settings.bootstrap();
        String sentence =
                switch (cause) {
                    case TimeoutException _,
                            InterruptedException _,
                            org.apache.kafka.common.errors.TimeoutException _,
                            DisconnectException _ ->
                            String.format(
                                    Locale.ROOT,
                                    "Kafka at %s did not answer within %.1f s; check that the address is right, and"
                                            + " that a broker runs there and can be reached from here",
                                    brokers,
                                    most.toMillis() / 1_000.0);
                    case ConfigException _, AuthenticationException _ ->
                            "Kafka at %s cannot be used: %s".formatted(brokers, cause.getMessage());
                    default ->
                            "Kafka at %s: the topic %s cannot be made: %s; make it and %s beforehand, or let this client make topics"
                                    .formatted(
                                            brokers,
                                            settings.topic(),
                                            cause.getMessage(),
                                            settings.deadLetterTopic());
                };
        return new KafkaNotReady(sentence, cause);
    }
}
