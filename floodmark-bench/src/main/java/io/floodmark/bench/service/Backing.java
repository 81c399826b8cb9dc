package io.floodmark.bench.service;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What stands behind the service: where its events go. *Threads:* one at a time.
interface Backing extends AutoCloseable {

    /// How the service is started.
    ///
    /// @param main its main class
    /// @param arguments of that
    /// @param environment variables beside those of this process
    record Start(String main, List<String> arguments, Map<String, String> environment) {
        public Start {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }

    Start start();

    /// The process whose time counts with the service's, with those that it starts.
    OptionalLong pid();

    /// Brings it into the state of one that has run for long, before each drive.
    void settle() throws Exception;

    /// How many events were stored since the last call; empty where nothing is stored. What was
    /// counted may be gone afterwards, so that long runs do not fill the disk.
    OptionalLong takeStored() throws Exception;

    @Override
    void close();
}
