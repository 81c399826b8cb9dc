package io.floodmark.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;

/// Statements over HTTP.
@NullMarked
final class ClickHouseSql {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private ClickHouseSql() {}

    /// The answer's status and text.
    record Answer(int status, String text) {}

    static Answer send(LocalClickHouse engine, String password, String parameters, String sql)
            throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(engine.url() + "/?" + parameters))
                        .timeout(TIMEOUT)
                        .header("X-ClickHouse-User", engine.user())
                        .header("X-ClickHouse-Key", password)
                        .POST(HttpRequest.BodyPublishers.ofString(sql))
                        .build();
        return send(request);
    }

    static Answer send(HttpRequest request) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body().strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /// The only value of the answer.
    static String text(LocalClickHouse engine, String sql) throws IOException {
        Answer answer = send(engine, engine.password(), "", sql);
        if (answer.status() != 200) {
            throw new IOException(answer.text());
        }
        return answer.text();
    }
}
