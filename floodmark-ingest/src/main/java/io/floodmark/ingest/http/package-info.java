/// The face of ingestion: routes, keys and quotas, CORS, answers that state the outcome of each
/// event, probes and metrics. One virtual thread for each request, on Helidon.
///
/// `openapi.yaml` in the resources describes it; a test holds both together.
@NullMarked
package io.floodmark.ingest.http;

import org.jspecify.annotations.NullMarked;
