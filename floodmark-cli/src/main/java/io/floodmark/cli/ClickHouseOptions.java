package io.floodmark.cli;

import io.floodmark.ingest.clickhouse.FeedSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of the sink in ClickHouse, and of the way there from Kafka.
final class ClickHouseOptions {
    @Mixin private ClickHousePlace place = new ClickHousePlace();

    @Option(
            names = "--clickhouse",
            description =
                    "With --sink kafka: carry the events on from Kafka into ClickHouse, each once")
    private boolean fed;

    @Option(
            names = "--clickhouse-group",
            paramLabel = "NAME",
            defaultValue = "floodmark-clickhouse",
            description =
                    "Kafka's group that keeps the place of --clickhouse (default: ${DEFAULT-VALUE})")
    private String group = "floodmark-clickhouse";

    /// Whether events go on from Kafka into ClickHouse.
    boolean fed() {
        return fed;
    }

    /// Checks that there will be a ClickHouse if one is needed.
    ///
    /// @param local whether one may be started
    /// @throws IllegalArgumentException with a sentence for the user
    void check(SinkKind sink, boolean local) {
        if (fed && sink != SinkKind.KAFKA) {
            throw new IllegalArgumentException("--clickhouse needs --sink kafka");
        }
        if ((fed || sink == SinkKind.CLICKHOUSE) && !place.named() && !local) {
            throw new IllegalArgumentException(
                    "ClickHouse needs either --clickhouse-url http://host:8123, or --local to start one");
        }
        place.check();
    }

    /// Where it is.
    ClickHousePlace place() {
        return place;
    }

    /// Which events to carry on.
    FeedSettings feed(String bootstrap, String topic) {
        return FeedSettings.of(bootstrap, topic, group);
    }
}
