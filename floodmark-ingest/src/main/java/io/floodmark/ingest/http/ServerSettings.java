package io.floodmark.ingest.http;

import io.floodmark.ingest.IngestLimits;
import io.floodmark.ingest.flow.PipelineSettings;
import java.time.Duration;
import java.util.Set;

/// How the server serves.
///
/// @param host address to listen on
/// @param port TCP port, 0 for any free one
/// @param acknowledgeEarly whether events are acknowledged from memory, before they are stored
/// @param inFlightBytesMax most memory for requests that are under way
/// @param requestsMax requests worked on at a time; more get 503
/// @param timeout how long a request waits for its outcomes before they are unknown
/// @param origins whose pages may send from a browser; `*` for all
/// @param limits of bodies and events
/// @param pipeline how events go to the sink
public record ServerSettings(
        String host,
        int port,
        boolean acknowledgeEarly,
        long inFlightBytesMax,
        int requestsMax,
        Duration timeout,
        Set<String> origins,
        IngestLimits limits,
        PipelineSettings pipeline) {

    /// Checks the values.
    public ServerSettings {
        origins = Set.copyOf(origins);
        if (inFlightBytesMax < limits.bodyBytesMax()) {
            throw new IllegalArgumentException(
                    "inFlightBytesMax must hold one body of %d bytes, was %d"
                            .formatted(limits.bodyBytesMax(), inFlightBytesMax));
        }
        if (requestsMax < 1 || !timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "requestsMax and timeout must be positive, were %d and %s"
                            .formatted(requestsMax, timeout));
        }
    }

    /// The documented defaults, on loopback.
    public static ServerSettings defaults() {
        return new ServerSettings(
                "127.0.0.1",
                8080,
                false,
                64L << 20,
                1_024,
                Duration.ofSeconds(15),
                Set.of(),
                IngestLimits.defaults(),
                PipelineSettings.defaults());
    }

    /// The same on another port.
    public ServerSettings on(String newHost, int newPort) {
        return new ServerSettings(
                newHost,
                newPort,
                acknowledgeEarly,
                inFlightBytesMax,
                requestsMax,
                timeout,
                origins,
                limits,
                pipeline);
    }
}
