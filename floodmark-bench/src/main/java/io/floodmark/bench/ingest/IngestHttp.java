package io.floodmark.bench.ingest;

import io.floodmark.bench.harness.CommonOptions;
import io.floodmark.bench.harness.Launcher;
import io.floodmark.bench.harness.Result;
import io.floodmark.bench.harness.Rounds;
import io.floodmark.bench.harness.Target;
import io.floodmark.ingest.http.ApiKeys;
import io.floodmark.ingest.http.IngestServer;
import io.floodmark.ingest.http.ServerSettings;
import io.floodmark.load.time.SystemTime;
import io.floodmark.store.TimeAndChance;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench/ingest-http`.
@Command(
        name = "ingest-http",
        description = {
            "How many events a second the ingestion server takes over HTTP, checks and answers, each by",
            "itself, when no sink holds it up. The clients run in the same process, on the same cores."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench/ingest-http",
            "  bench/ingest-http --quick --json",
            "  bench/ingest-http --batch 1 --connections 64",
            "",
            "Exit codes: 0 target met, 1 setup or usage, 3 the target missed, 4 invalid"
        })
public final class IngestHttp implements Callable<Integer> {
    private static final double SECONDS = 5;
    private static final double SECONDS_QUICK = 2;
    private static final double NANOS = 1e9;
    private static final String JDK = "jdk";

    /// Rates rise for so long while the JVM compiles both sides.
    private static final int WARM_UP_ROUNDS = 4;

    private static final Target TARGET = Target.valueAtLeast(1_000_000);

    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "100",
            description = "Events in a request (default: ${DEFAULT-VALUE}).")
    private int batch = 100;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "16",
            description = "Clients, each with one request under way (default: ${DEFAULT-VALUE}).")
    private int connections = 16;

    @Option(
            names = "--client",
            paramLabel = "NAME",
            defaultValue = "socket",
            description = "socket or jdk: what sends (default: ${DEFAULT-VALUE}).")
    private String client = "socket";

    @Option(names = "--minimal", description = "Ask for answers that list only what was not taken.")
    private boolean minimal;

    /// Made by [#main], and by tests.
    public IngestHttp() {}

    public static void main(String[] arguments) {
        System.exit(Launcher.of(new IngestHttp()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        return common.run(this::measure);
    }

    private List<Result> measure() throws Exception {
        if (batch < 1 || batch > 10_000 || connections < 1 || connections > 1_000) {
            throw common.mistake("--batch must be 1 to 10000, --connections 1 to 1000");
        }
        if (!client.equals("socket") && !client.equals(JDK)) {
            throw common.mistake("--client is %s, allowed: socket, jdk".formatted(client));
        }
        Duration length = common.length(SECONDS, SECONDS_QUICK);
        byte[] request = request();
        List<Double> rates = new ArrayList<>();
        List<Double> costs = new ArrayList<>();
        boolean valid = true;
        try (IngestServer server = start()) {
            common.tell("warming up");
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                round(server.port(), request, length);
            }
            for (int number = 0; number < common.rounds(); number++) {
                Round round = round(server.port(), request, length);
                common.tell("%,.0f events/s".formatted(round.eventsPerSecond));
                rates.add(round.eventsPerSecond);
                costs.add(round.cpuMicrosPerRequest);
                valid &= round.refused == 0;
            }
        }
        return List.of(
                new Result(
                        "ingest-http.batch-" + batch,
                        "events/s",
                        new Rounds(rates),
                        Optional.empty(),
                        TARGET,
                        valid,
                        new TreeMap<>(
                                java.util.Map.of(
                                        "connections",
                                        (double) connections,
                                        "cpu_us_per_request",
                                        new Rounds(costs).median(),
                                        "bytes_per_event",
                                        (double) request.length / batch))));
    }

    private static IngestServer start() {
        return IngestServer.start(
                new NoSink(),
                ServerSettings.defaults().on("127.0.0.1", 0),
                ApiKeys.none(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                TimeAndChance.system());
    }

    /// What a round came to.
    ///
    /// @param cpuMicrosPerRequest of clients and server together
    /// @param refused requests that were not answered with 200
    private record Round(double eventsPerSecond, double cpuMicrosPerRequest, long refused) {}

    private Round round(int port, byte[] request, Duration length) throws Exception {
        double cpu = cpuMicros();
        long start = SystemTime.INSTANCE.nanos();
        long end = start + length.toNanos();
        long requests = 0;
        long refused = 0;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient jdk = HttpClient.newHttpClient()) {
            List<Future<BatchClient.Sent>> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                all.add(
                        clients.submit(
                                client(
                                        jdk,
                                        port,
                                        request,
                                        () -> SystemTime.INSTANCE.nanos() < end)));
            }
            for (Future<BatchClient.Sent> one : all) {
                BatchClient.Sent sent = ended(clients, one, length.plusSeconds(60));
                requests += sent.requests();
                refused += sent.refused();
            }
        }
        double seconds = (SystemTime.INSTANCE.nanos() - start) / NANOS;
        return new Round(
                requests * (double) batch / seconds, (cpuMicros() - cpu) / requests, refused);
    }

    private static BatchClient.Sent ended(
            ExecutorService clients, Future<BatchClient.Sent> one, Duration most) throws Exception {
        try {
            return one.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            clients.shutdownNow();
            throw e;
        }
    }

    private Callable<BatchClient.Sent> client(
            HttpClient jdk, int port, byte[] request, BooleanSupplier goOn) {
        return client.equals(JDK)
                ? new JdkBatchClient(jdk, port, body().getBytes(StandardCharsets.UTF_8), goOn)
                : new BatchClient(port, request, goOn);
    }

    private static double cpuMicros() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1_000.0;
    }

    private String body() {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < batch; i++) {
            body.append(i == 0 ? "" : ",").append(event(i));
        }
        return body.append(']').toString();
    }

    private byte[] request() {
        String body = body();
        String head =
                "POST /v1/events/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
                        .formatted(minimal ? "Prefer: return=minimal\r\n" : "", body.length());
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    private static String event(int i) {
        return ("{\"event_id\":\"019aa6b2-7c1e-7d3a-9f4b-%012d\",\"event_type\":\"page_view\","
                        + "\"timestamp\":\"2026-11-21T10:00:00.%03dZ\",\"user_id\":\"user-%06d\","
                        + "\"campaign\":\"autumn\",\"source\":\"newsletter\",\"properties\":"
                        + "{\"path\":\"/shop/item/%d\",\"price\":19.90,\"tags\":[\"a\",\"b\"]}}")
                .formatted(i, i % 1_000, i, i);
    }
}
