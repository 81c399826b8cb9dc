package io.floodmark.bench.service;

import io.floodmark.bench.ingest.NoSink;
import io.floodmark.ingest.http.ApiKeys;
import io.floodmark.ingest.http.IngestServer;
import io.floodmark.ingest.http.ServerSettings;
import io.floodmark.store.TimeAndChance;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;

/// An ingestion service without a sink, which `floodmark ingest` does not offer, in a process of
/// its own: tells its address as that does, and ends when its standard input ends.
public final class SinklessService {
    private SinklessService() {}

    public static void main(String[] arguments) throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        try (IngestServer server =
                IngestServer.start(
                        new NoSink(),
                        ServerSettings.defaults().on("127.0.0.1", 0),
                        ApiKeys.none(),
                        registry,
                        TimeAndChance.system())) {
            System.err.println("taking events on http://127.0.0.1:" + server.port());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
