package io.floodmark.load.workload;

import io.floodmark.load.postgres.ConnectionTarget;
import java.net.URI;
import java.util.Optional;

/// Starts the ingestion service that a run loads when its user named none.
public interface ServiceStarter {

    /// Starts a service in a process of its own, and returns when it takes requests.
    ///
    /// @param database where its events go
    /// @param schema of its tables, made by the service where they are missing
    Service start(ConnectionTarget database, String schema);

    /// A service that was started.
    interface Service extends AutoCloseable {

        /// Where it takes requests.
        URI address();

        /// Stops it in order: it stores what it has accepted.
        ///
        /// @return what went wrong, a sentence, if something did
        Optional<String> stop();

        /// Ends it in any case.
        @Override
        void close();
    }

    /// For runs that start none.
    static ServiceStarter none() {
        return (database, schema) -> {
            throw new IllegalStateException("this run can start no service");
        };
    }
}
