package io.floodmark.ingest.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.Set;

/// Which pages of other sites may send: those on a list, none by default. *Threads:* for all.
final class Cors {
    private static final String ANY = "*";
    private static final String METHODS = "POST";
    private static final String HEADERS =
            "Authorization, Content-Type, Content-Encoding, Idempotency-Key, Prefer, X-API-Key";
    private static final String EXPOSED = "Retry-After";
    private static final String ONE_HOUR = "3600";

    private final Set<String> origins;

    Cors(Set<String> origins) {
        this.origins = origins;
    }

    /// Lets the page that asks read the answer, if it is on the list.
    void allow(ServerRequest request, ServerResponse response) {
        if (origins.isEmpty()) {
            return;
        }
        response.header(HeaderNames.VARY, "Origin");
        allowed(request)
                .ifPresent(origin -> {
                    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
                    response.header(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
                });
    }

    /// Answers the question that a browser asks before it sends.
    void preflight(ServerRequest request, ServerResponse response) {
        if (allowed(request).isPresent()) {
            response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            response.header(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
            response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, ONE_HOUR);
        }
        response.status(204).send();
    }

    private Optional<String> allowed(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.ORIGIN)
                .filter(origin -> origins.contains(ANY) || origins.contains(origin));
    }
}
