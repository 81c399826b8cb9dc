package io.floodmark.bench.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/// As [BatchClient], with the JDK's client in place of a bare socket. *Threads:* one runs it.
final class JdkBatchClient implements Callable<BatchClient.Sent> {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int GOOD = 200;

    private final HttpClient client;
    private final HttpRequest request;
    private final BooleanSupplier goOn;

    JdkBatchClient(HttpClient client, int port, byte[] body, BooleanSupplier goOn) {
        this.client = client;
        this.request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:%d/v1/events/batch".formatted(port)))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        this.goOn = goOn;
    }

    @Override
    public BatchClient.Sent call() throws IOException, InterruptedException {
        long requests = 0;
        long refused = 0;
        while (goOn.getAsBoolean()) {
            HttpResponse<byte[]> response =
                    client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            requests++;
            refused += response.statusCode() == GOOD ? 0 : 1;
        }
        return new BatchClient.Sent(requests, refused);
    }
}
