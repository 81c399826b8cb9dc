package io.floodmark.store.postgres.append;

import io.floodmark.local.LocalPostgres;
import io.floodmark.store.postgres.schema.StorageSettings;
import io.floodmark.store.postgres.schema.StoreNames;
import io.floodmark.store.postgres.schema.StoreSchema;
import io.floodmark.store.postgres.schema.StoreSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// Servers for tests, and fresh stores on them.
final class Servers {
    /// To make a connection. Generous, because a busy machine is no fault of the store: where a
    /// test needs the end of a wait, the deadline of its call is that end.
    static final Duration CONNECT_MAX = Duration.ofSeconds(30);

    private static final AtomicInteger NAMES = new AtomicInteger();

    private Servers() {}

    private static final class Holder {
        static final LocalPostgres SHARED = start();
    }

    /// The server that tests share which do not disturb it.
    static LocalPostgres shared() {
        return Holder.SHARED;
    }

    /// A server of one's own; the caller closes it.
    static LocalPostgres start() {
        return LocalPostgres.start(
                LocalPostgres.Options.defaults()
                        .with("shared_buffers", "128MB")
                        .with("max_slot_wal_keep_size", "-1"));
    }

    static DataSource connections(LocalPostgres server) {
        return connections(server.url(), server.user(), server.password());
    }

    static DataSource connections(String url, String user, String password) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setConnectTimeout((int) CONNECT_MAX.toSeconds());
        return source;
    }

    /// A new, empty store on the shared server.
    static StoreSettings freshStore(StorageSettings storage) {
        return freshStore(connections(shared()), storage);
    }

    static StoreSettings freshStore(DataSource connections, StorageSettings storage) {
        StoreSettings settings =
                StoreSettings.defaults()
                        .with(new StoreNames("test" + NAMES.incrementAndGet(), ""))
                        .with(storage);
        var _ = new StoreSchema(settings.names()).init(connections, storage);
        return settings;
    }
}
