package io.floodmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.floodmark.local.LocalPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The CloudEvents SDK for Java, a client of another project, against the service as a user runs
/// it.
final class IngestSdkTest {
    private static final int OK = 200;
    private static final int EVENTS = 50;

    private static LocalPostgres server;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        server = LocalPostgres.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static EventFormat json() {
        EventFormat format =
                EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE);
        assertThat(format).isNotNull();
        return format;
    }

    private static CloudEvent event(String id) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create("/orders"))
                .withType("example.order.placed")
                .withSubject("order-" + id)
                .withTime(OffsetDateTime.parse("2026-11-21T12:00:00.123456789+01:00"))
                .withExtension("tracestate", "ü=1")
                .withData(
                        "application/json",
                        ("{\"amount\":12.50,\"id\":\"" + id + "\"}")
                                .getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static HttpURLConnection post(int port, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection)
                        URI.create("http://127.0.0.1:%d%s".formatted(port, path))
                                .toURL()
                                .openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(30_000);
        return connection;
    }

    /// As the SDK's documentation shows it: its own writer sets headers and body.
    private static int structured(int port, CloudEvent event) throws IOException {
        HttpURLConnection connection = post(port, "/v1/events");
        HttpMessageFactory.createWriter(
                        connection::setRequestProperty,
                        body -> {
                            try (OutputStream out = connection.getOutputStream()) {
                                out.write(body);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                .writeStructured(event, JsonFormat.CONTENT_TYPE);
        return connection.getResponseCode();
    }

    private static int batched(int port, List<CloudEvent> events) throws IOException {
        StringJoiner array = new StringJoiner(",", "[", "]");
        for (CloudEvent event : events) {
            array.add(new String(json().serialize(event), StandardCharsets.UTF_8));
        }
        HttpURLConnection connection = post(port, "/v1/events/batch");
        connection.setRequestProperty("Content-Type", "application/cloudevents-batch+json");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(array.toString().getBytes(StandardCharsets.UTF_8));
        }
        return connection.getResponseCode();
    }

    @Test
    void every_event_of_the_sdk_is_found_and_reads_back_as_it_was_sent() throws Exception {
        Database database = Database.create(server, "ingest_sdk");
        List<CloudEvent> batch = new ArrayList<>();
        try (Running running = Floodmark.in(folder, database).startIngest(database)) {
            int port = running.servicePort();
            for (int i = 0; i < EVENTS; i++) {
                assertThat(structured(port, event("s-" + i))).isEqualTo(OK);
                batch.add(event("b-" + i));
            }
            assertThat(batched(port, batch)).isEqualTo(OK);
            assertThat(batched(port, batch)).as("sent again").isEqualTo(OK);
            running.signal("TERM");
            assertThat(running.finish().exitCode()).isZero();
        }

        assertThat(
                        database.number(
                                "SELECT count(*) FROM floodmark.ingest_events WHERE event_type = 'example.order.placed'"))
                .isEqualTo(2 * EVENTS);
        for (CloudEvent sent : List.of(event("s-0"), event("b-49"))) {
            String stored =
                    database.text(
                            "SELECT event -> 'cloudevent' FROM floodmark.ingest_events WHERE event_id = '/orders#%s'"
                                    .formatted(sent.getId()));
            CloudEvent read = json().deserialize(stored.getBytes(StandardCharsets.UTF_8));
            assertThat(read.getAttributeNames()).isEqualTo(sent.getAttributeNames());
            assertThat(read.getTime()).isEqualTo(sent.getTime());
            assertThat(read.getSubject()).isEqualTo(sent.getSubject());
            assertThat(read.getExtension("tracestate")).isEqualTo("ü=1");
        }
    }
}
