package io.floodmark.store.http;

import io.floodmark.store.AppendResult;
import io.floodmark.store.EventStore;
import io.floodmark.store.EventStream;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongSupplier;

/// An HTTP server with the two calls of the dcb.events consistency suite, on one event store.
///
/// - `GET /read?query=…&options=…` answers an array of `{"position", "type", "tags", "data"}`.
/// - `POST /append` with `{"events", "condition"}` answers `{"durationInMicroseconds",
///   "appendConditionFailed"}`; a failed condition is an answer, status 200.
///
/// Anything else is `{"error": "…"}` with 400, 413, 415, or 503 when the store or the server cannot
/// take it now. The store belongs to the caller and is not closed. *Threads:* for all.
public final class DcbServer implements AutoCloseable {
    private static final int ADDRESS_BYTES_MAX = 64 * 1024;

    private final EventStore store;
    private final DcbLimits limits;
    private final LongSupplier nanos;
    private final WebServer server;

    private DcbServer(
            EventStore store, String host, int port, DcbLimits limits, LongSupplier nanos) {
        this.store = store;
        this.limits = limits;
        this.nanos = nanos;
        this.server =
                WebServer.builder()
                        .host(host)
                        .port(port)
                        .shutdownHook(false)
                        .maxPayloadSize(limits.bodyBytesMax())
                        .maxConcurrentRequests(limits.requestsMax())
                        // An answer goes out in two writes: without this the second waits for the
                        // client's acknowledgement of the first, which it delays by 40 ms.
                        .connectionOptions(socket -> socket.tcpNoDelay(true))
                        .addProtocol(
                                Http1Config.builder().maxPrologueLength(ADDRESS_BYTES_MAX).build())
                        .routing(this::route)
                        .build();
    }

    /// Starts a server.
    ///
    /// @param host address to listen on; anything but loopback opens the store to a network
    /// @param port TCP port, 0 for any free one
    /// @param nanos a monotonic clock, for the durations in answers
    public static DcbServer start(
            EventStore store, String host, int port, DcbLimits limits, LongSupplier nanos) {
        DcbServer made = new DcbServer(store, host, port, limits, nanos);
        made.server.start();
        return made;
    }

    /// The TCP port.
    public int port() {
        return server.port();
    }

    /// Stops listening and ends connections; repeated calls have no effect.
    @Override
    public void close() {
        server.stop();
    }

    private void route(HttpRouting.Builder routing) {
        routing.get("/read", this::read)
                .post("/append", this::append)
                .error(
                        Exception.class,
                        (_, response, failure) -> Failures.answer(response, failure));
    }

    private void read(ServerRequest request, ServerResponse response) throws IOException {
        DcbRead read = DcbRead.parse(parameter(request, "query"), parameter(request, "options"));
        Results results = new Results(limits);
        if (read.backwards()) {
            results.send(
                    new LastEvents(store, limits).find(read).iterator(), Long.MAX_VALUE, response);
            return;
        }
        try (EventStream found = store.read(read.forward(), limits.timeout())) {
            results.send(found, read.limit().orElse(Long.MAX_VALUE), response);
        }
    }

    private static Optional<String> parameter(ServerRequest request, String name) {
        return request.query().first(name).asOptional();
    }

    private void append(ServerRequest request, ServerResponse response) throws IOException {
        DcbAppend append = DcbAppend.parse(body(request));
        long start = nanos.getAsLong();
        AppendResult result = store.append(append.events(), append.condition(), limits.timeout());
        long micros = (nanos.getAsLong() - start) / 1_000;
        boolean failed =
                switch (result) {
                    case AppendResult.Appended _ -> false;
                    case AppendResult.Conflict _ -> true;
                    case AppendResult.NothingToAppend _ -> false;
                };
        response.header("Content-Type", "application/json");
        response.send(
                "{\"durationInMicroseconds\":%d,\"appendConditionFailed\":%b}"
                        .formatted(micros, failed));
    }

    /// A page of another site may send a form to loopback, but not JSON: hence the type is
    /// required.
    private byte[] body(ServerRequest request) throws IOException {
        String type =
                request.headers().contentType().map(it -> it.mediaType().text()).orElse("none");
        if (!type.equals("application/json")) {
            throw Refused.wrongMediaType("Content-Type must be application/json, was " + type);
        }
        try (InputStream body = request.content().inputStream()) {
            byte[] bytes = body.readNBytes((int) Math.min(limits.bodyBytesMax() + 1, 1 << 30));
            if (bytes.length > limits.bodyBytesMax()) {
                throw Refused.tooLarge(
                        "the body is longer than %d bytes".formatted(limits.bodyBytesMax()));
            }
            return bytes;
        }
    }
}
