package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.metrics.ClickHouseMetrics;
import io.floodmark.ingest.metrics.FeedMetrics;
import io.floodmark.store.TimeAndChance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// A feed in a process of its own, to be killed: broker, topic, then the address of ClickHouse.
final class FeedMain {
    private FeedMain() {}

    public static void main(String[] arguments) throws IOException {
        var registry = new SimpleMeterRegistry();
        var settings =
                new FeedSettings(
                        arguments[0],
                        arguments[1],
                        "group-" + arguments[1],
                        Topic.SESSION,
                        new FeedSettings.Gathering(500, 1 << 20, Duration.ofMillis(10)));
        ClickHouseFeed.start(
                settings,
                new ClickHouseAddress(
                        URI.create(arguments[2]), arguments[3], arguments[4], arguments[5]),
                Engine.PATIENT,
                new ClickHouseFeed.Meters(
                        new ClickHouseMetrics(registry),
                        new FeedMetrics(registry, java.time.Clock.systemUTC())),
                TimeAndChance.system());
        System.out.println("started");
        while (System.in.read() >= 0) {
            // The test kills this process.
        }
    }
}
