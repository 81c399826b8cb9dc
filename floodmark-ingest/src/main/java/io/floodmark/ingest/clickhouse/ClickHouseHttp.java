package io.floodmark.ingest.clickhouse;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// One exchange with ClickHouse's HTTP interface at a time for each caller, with an end: the time
/// for the answer counts to its last byte. Closing closes the connections that it keeps, for which
/// a server waits at its own end. *Threads:* for all.
final class ClickHouseHttp implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long ANSWER_BYTES_MAX = 1 << 20;
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int CLIENT_ERRORS_END = 500;

    private final ClickHouseAddress address;
    private final Duration most;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();

    ClickHouseHttp(ClickHouseAddress address, Duration most) {
        this.address = address;
        this.most = most;
    }

    ClickHouseAddress address() {
        return address;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /// Runs a statement without data.
    Answer run(String sql, Map<String, String> parameters) {
        byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
        return send(parameters, HttpRequest.BodyPublishers.ofByteArray(utf8));
    }

    /// Runs an insert with its data.
    Answer insert(String sql, Map<String, String> parameters, Buffer data) {
        var all = new java.util.TreeMap<>(parameters);
        all.put("query", sql);
        return send(all, HttpRequest.BodyPublishers.ofByteArray(data.array(), 0, data.size()));
    }

    private Answer send(Map<String, String> parameters, HttpRequest.BodyPublisher body) {
        HttpRequest request =
                HttpRequest.newBuilder(uri(parameters))
                        .header("X-ClickHouse-User", address.user())
                        .header("X-ClickHouse-Key", address.password())
                        .timeout(most)
                        .POST(body)
                        .build();
        try {
            return read(exchange(request));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Answer.Unreached("no connection to " + address.url() + ": " + e);
        } catch (IOException e) {
            return new Answer.Lost("the answer of " + address.url() + " was lost: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Lost("interrupted while " + address.url() + " worked");
        }
    }

    private URI uri(Map<String, String> parameters) {
        String query =
                parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
        return address.url().resolve("/?" + query);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /// The client's own time limit ends with the headers of the answer: a body that never ends
    /// needs this one.
    private HttpResponse<byte[]> exchange(HttpRequest request)
            throws IOException, InterruptedException {
        var bounded = BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX);
        var call = new FutureTask<HttpResponse<byte[]>>(() -> client.send(request, bounded));
        Thread caller = Thread.ofVirtual().name("clickhouse-call").start(call);
        try {
            return call.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no complete answer within " + most, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException("the exchange broke: " + e.getCause(), e);
        } finally {
            caller.interrupt();
        }
    }

    private static Answer read(HttpResponse<byte[]> response) {
        String text = new String(response.body(), StandardCharsets.UTF_8).strip();
        Optional<Integer> code =
                response.headers().firstValue("X-ClickHouse-Exception-Code").map(Integer::valueOf);
        String sentence = text.lines().findFirst().orElse("status " + response.statusCode());
        if (code.isPresent()) {
            return new Answer.Refused(code.get(), sentence);
        }
        if (response.statusCode() == OK) {
            return new Answer.Done(text);
        }
        if (response.statusCode() == TOO_MANY) {
            return new Answer.Unreached("status 429: " + sentence);
        }
        // Without ClickHouse's own code somebody between answered, who may have passed it on.
        return response.statusCode() < CLIENT_ERRORS_END
                ? new Answer.Refused(0, sentence)
                : new Answer.Lost("status %d: %s".formatted(response.statusCode(), sentence));
    }
}
