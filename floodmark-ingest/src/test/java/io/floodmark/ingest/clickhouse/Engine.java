package io.floodmark.ingest.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.floodmark.ingest.metrics.ClickHouseMetrics;
import io.floodmark.local.LocalClickHouse;
import io.floodmark.store.TimeAndChance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A ClickHouse engine for one test class.
///
/// It is the real engine, and it proves nothing about gathered inserts (`async_insert` has no queue
/// in it), replication, or the loss of power.
final class Engine implements AutoCloseable {
    static final InsertSettings PATIENT =
            new InsertSettings(
                    Duration.ofSeconds(40), Duration.ofSeconds(2), Duration.ofMillis(20));
    private static int number;

    final LocalClickHouse server;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final ClickHouseMetrics metrics = new ClickHouseMetrics(registry);
    private final ClickHouseHttp http;

    private Engine(LocalClickHouse server) {
        this.server = server;
        this.http = new ClickHouseHttp(in("default"), Duration.ofSeconds(20));
    }

    /// Skips the test class, loudly, where there can be no engine.
    static Engine start() {
        Optional<String> why = LocalClickHouse.unavailable();
        assumeTrue(why.isEmpty(), () -> "NOT TESTED: " + why.orElse(""));
        return new Engine(LocalClickHouse.start());
    }

    /// A database of its own.
    ClickHouseAddress database() {
        String name = "ingest_" + ++number;
        sql("CREATE DATABASE " + name);
        return in(name);
    }

    private ClickHouseAddress in(String database) {
        return new ClickHouseAddress(server.url(), server.user(), server.password(), database);
    }

    ClickHouseSink sink(ClickHouseAddress address) {
        return ClickHouseSink.open(address, PATIENT, metrics, TimeAndChance.system());
    }

    Inserter inserter(ClickHouseAddress address) {
        return inserter(address, PATIENT);
    }

    Inserter inserter(ClickHouseAddress address, InsertSettings settings) {
        return new Inserter(
                new ClickHouseHttp(address, settings.answer()),
                settings,
                metrics,
                TimeAndChance.system());
    }

    /// The answer to a statement.
    String sql(String statement) {
        Answer answer = http.run(statement, Map.of());
        assertThat(answer).as(statement).isInstanceOf(Answer.Done.class);
        return ((Answer.Done) answer).text();
    }

    long count(ClickHouseAddress address, String from) {
        return Long.parseLong(sql("SELECT count() FROM " + address.database() + "." + from));
    }

    @Override
    public void close() {
        server.close();
    }
}
