package io.floodmark.load.eventstore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.floodmark.load.postgres.ConnectionTarget;
import io.floodmark.load.postgres.TargetSource;
import io.floodmark.load.workload.Supervision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The store's connections to the primary, and to the replica where there is one.
///
/// *Threads.* Any.
///
/// @param primary connections to the primary, which the governor bounds
/// @param replica connections to the replica
record StorePools(HikariDataSource primary, Optional<HikariDataSource> replica)
        implements Supervision.Pool, AutoCloseable {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);
    private static final Duration VALIDATE_MAX = Duration.ofSeconds(2);

    /// @param most connections to the primary
    /// @param reads connections to the replica
    static StorePools open(
            ConnectionTarget target, Optional<ConnectionTarget> replica, int most, int reads) {
        return new StorePools(
                pool("floodmark-primary", target, most),
                replica.map(server -> pool("floodmark-replica", server, reads)));
    }

    private static HikariDataSource pool(String name, ConnectionTarget server, int most) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(new TargetSource(server, CONNECT_MAX));
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(most);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(WAIT_MAX.toMillis());
        config.setValidationTimeout(VALIDATE_MAX.toMillis());
        return new HikariDataSource(config);
    }

    List<DataSource> replicas() {
        return replica.<List<DataSource>>map(List::of).orElse(List.of());
    }

    @Override
    public int open() {
        HikariPoolMXBean pool = primary.getHikariPoolMXBean();
        return pool == null ? 0 : pool.getTotalConnections();
    }

    @Override
    public void resize(int connections) {
        primary.getHikariConfigMXBean().setMinimumIdle(connections);
        primary.getHikariConfigMXBean().setMaximumPoolSize(connections);
        primary.getHikariPoolMXBean().softEvictConnections();
    }

    SortedMap<String, Long> gauges() {
        SortedMap<String, Long> gauges = new TreeMap<>();
        @Nullable HikariPoolMXBean pool = primary.getHikariPoolMXBean();
        if (pool != null) {
            gauges.put("pool_open", (long) pool.getTotalConnections());
            gauges.put("pool_active", (long) pool.getActiveConnections());
            gauges.put("pool_waiting", (long) pool.getThreadsAwaitingConnection());
        }
        return gauges;
    }

    @Override
    public void close() {
        primary.close();
        replica.ifPresent(HikariDataSource::close);
    }
}
