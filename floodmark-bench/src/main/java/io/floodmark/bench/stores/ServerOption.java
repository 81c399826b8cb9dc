package io.floodmark.bench.stores;

import io.floodmark.bench.harness.SetupFailure;
import io.floodmark.local.LocalPostgres;
import io.floodmark.local.LocalServerException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option of benchmarks that need a PostgreSQL: a private one, unless one is given.
public final class ServerOption {

    @Option(
            names = "--server",
            paramLabel = "URI",
            description = {
                "Measure on this server, postgresql://user:password@host:port/database, instead of",
                "a private one. Stores that an earlier run filled there are used again, and kept."
            })
    private @Nullable URI uri;

    /// Made by picocli.
    public ServerOption() {}

    /// What is done with the database.
    ///
    /// @param <T> what it gives
    @FunctionalInterface
    public interface Work<T> {
        T on(Database database) throws Exception;
    }

    /// Works on the database; a private one is gone afterwards.
    public <T> T use(Work<T> work) throws Exception {
        if (uri != null) {
            return work.on(given(uri));
        }
        var options = LocalPostgres.Options.defaults();
        try (LocalPostgres server = LocalPostgres.start(options)) {
            return work.on(Database.of(server));
        } catch (LocalServerException e) {
            throw new SetupFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static Database given(URI uri) throws SetupFailure {
        try {
            return Database.of(uri);
        } catch (IllegalArgumentException e) {
            throw new SetupFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
