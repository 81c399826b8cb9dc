package io.floodmark.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.store.postgres.schema.ReadSettings;
import java.time.Duration;
import java.util.List;

/// How to reach a store's servers when it is to have connection pools of its own.
///
/// @param url JDBC URL of the primary
/// @param replicaUrls JDBC URLs of the replicas, may be empty
/// @param user role, the same on all
/// @param password its password; never shown
public record StoreConnection(String url, List<String> replicaUrls, String user, String password) {
    /// What each session of the store begins with; a pool of your own should do the same, as its
    /// `connectionInitSql` or the like.
    ///
    /// The statements of reads are made so that one plan is right for rare and common tags:
    /// planning each anew costs more than to run it. Where the planner thinks a tag rare, it would
    /// rather sort all of the tag's events than take the first ones in the order of the index.
    public static final String SESSION_SQL =
            "SET plan_cache_mode = force_generic_plan; SET enable_sort = off; SET jit = off";

    /// Beyond those for reads: the writer, notifications, segments, and one to spare.
    private static final int OTHER_CONNECTIONS = 4;

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final Duration VALIDATE_MAX = Duration.ofSeconds(2);

    /// Copies the list.
    public StoreConnection {
        replicaUrls = List.copyOf(replicaUrls);
    }

    /// A primary without replicas.
    public static StoreConnection of(String url, String user, String password) {
        return new StoreConnection(url, List.of(), user, password);
    }

    /// The same with these replicas.
    public StoreConnection withReplicas(String... urls) {
        return new StoreConnection(url, List.of(urls), user, password);
    }

    HikariDataSource primaryPool(ReadSettings read) {
        return pool("floodmark-primary", url, read.connectionsMax() + OTHER_CONNECTIONS);
    }

    List<HikariDataSource> replicaPools(ReadSettings read) {
        return replicaUrls.stream()
                .map(replica -> pool("floodmark-replica", replica, read.connectionsMax()))
                .toList();
    }

    /// Connections are made when they are needed, so that a replica that is down hinders nothing.
    private HikariDataSource pool(String name, String jdbcUrl, int size) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(jdbcUrl);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(CONNECT_MAX.toMillis());
        config.setValidationTimeout(VALIDATE_MAX.toMillis());
        config.setConnectionInitSql(SESSION_SQL);
        return new HikariDataSource(config);
    }

    @Override
    public String toString() {
        return "StoreConnection[%s, replicas %s, user %s]".formatted(url, replicaUrls, user);
    }
}
