package io.floodmark.store.postgres;

import io.floodmark.local.LocalPostgres;
import io.floodmark.local.ServerPrograms;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// Servers of versions before 18, whose programs the build puts into `target/postgres`.
public final class OlderServers {
    /// System property: `all` runs the whole contract on each version, with and without a pool.
    static final String CONTRACT = "floodmark.contract";

    private static final ConcurrentMap<Integer, LocalPostgres> SHARED = new ConcurrentHashMap<>();

    private OlderServers() {}

    /// The server of this version for tests that do not disturb it; it ends with the JVM.
    static LocalPostgres shared(int major) {
        return SHARED.computeIfAbsent(major, it -> LocalPostgres.start(options(it)));
    }

    public static LocalPostgres.Options options(int major) {
        Path jar = Path.of("target", "postgres", "postgres-" + major + ".jar").toAbsolutePath();
        return LocalPostgres.Options.defaults().with(new ServerPrograms.InJar(jar));
    }

    /// Connections without a pool: each is made when it is asked for and ends when it is closed.
    public static DataSource plain(LocalPostgres server) {
        return plain(server.address().url(), server);
    }

    /// The same, of a server with the credentials of another.
    public static DataSource plain(String url, LocalPostgres credentials) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(credentials.user());
        source.setPassword(credentials.password());
        return source;
    }
}
