package io.floodmark.store.micrometer;

import static io.floodmark.store.micrometer.ObservedStore.LONG;
import static io.floodmark.store.micrometer.ObservedStore.events;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.store.AppendCondition;
import io.floodmark.store.DeadlineExceeded;
import io.floodmark.store.Position;
import io.floodmark.store.Query;
import io.floodmark.store.postgres.PostgresEventStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.instrumentation.micrometer.v1_5.OpenTelemetryMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The store in OpenTelemetry, through Micrometer: its SDK keeps in memory what it would export.
final class OpenTelemetryTest {
    private static final Query ALL = Query.all();

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
    private final OpenTelemetrySdk openTelemetry =
            OpenTelemetrySdk.builder()
                    .setTracerProvider(
                            SdkTracerProvider.builder()
                                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                                    .build())
                    .setMeterProvider(
                            SdkMeterProvider.builder().registerMetricReader(metrics).build())
                    .build();
    private final MeterRegistry meters = OpenTelemetryMeterRegistry.builder(openTelemetry).build();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private final ObservedStore observed;
    private final PostgresEventStore store;

    OpenTelemetryTest() {
        var tracer =
                new OtelTracer(
                        openTelemetry.getTracer("test"), new OtelCurrentTraceContext(), _ -> {});
        observations
                .observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters))
                .observationHandler(new DefaultTracingObservationHandler(tracer));
        observed = ObservedStore.open(observations, meters, this::observedConnections);
        store = observed.store();
        spans.reset();
    }

    @AfterEach
    void close() {
        observed.close();
        meters.close();
        openTelemetry.close();
    }

    /// A data source that makes an observation of each connection taken, as instrumented ones do.
    private DataSource observedConnections(DataSource source) {
        Object proxy =
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (_, method, arguments) -> {
                            try {
                                return Observation.createNotStarted("connection", observations)
                                        .observeChecked(() -> method.invoke(source, arguments));
                            } catch (InvocationTargetException e) {
                                throw e.getTargetException();
                            }
                        });
        return (DataSource) proxy;
    }

    private SpanData span(String name) {
        List<SpanData> named =
                spans.getFinishedSpanItems().stream()
                        .filter(span -> span.getName().equals(name))
                        .toList();
        assertThat(named).as(name).hasSize(1);
        return named.getFirst();
    }

    private static String attribute(SpanData span, String key) {
        return String.valueOf(span.getAttributes().get(stringKey(key)));
    }

    @Test
    void an_append_is_a_span_within_the_callers_own_with_what_came_of_it() {
        Observation.createNotStarted("lend", observations).observe(() -> observed.append(2));

        SpanData append = span("floodmark.store.append");
        assertThat(append.getParentSpanId()).isEqualTo(span("lend").getSpanId());
        assertThat(append.getTraceId()).isEqualTo(span("lend").getTraceId());
        assertThat(append.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
        assertThat(attribute(append, "outcome")).isEqualTo("appended");
        assertThat(attribute(append, "server")).isEqualTo("primary");
        assertThat(attribute(append, "store")).isEqualTo("library");
        assertThat(attribute(append, "floodmark.store.events")).isEqualTo("2");
        assertThat(attribute(append, "floodmark.store.bytes")).isEqualTo("18");
        assertThat(attribute(append, "floodmark.store.position")).isEqualTo("2");
        assertThat(Long.parseLong(attribute(append, "floodmark.store.sql_nanos"))).isPositive();
    }

    @Test
    void a_conflict_is_no_error_and_says_which_event_forbade_the_append() {
        observed.append(1);
        spans.reset();

        var _ = store.append(events(1), AppendCondition.failIfMatch(ALL, Position.START), LONG);

        SpanData append = span("floodmark.store.append");
        assertThat(append.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
        assertThat(attribute(append, "outcome")).isEqualTo("conflict");
        assertThat(attribute(append, "floodmark.store.position")).isEqualTo("1");
        assertThat(attribute(append, "floodmark.store.events")).isEqualTo("0");
    }

    @Test
    void a_failure_is_an_error_with_its_exception() {
        assertThatThrownBy(() -> store.read(ALL.everything(), Duration.ZERO))
                .isInstanceOf(DeadlineExceeded.class);

        SpanData read = span("floodmark.store.read");
        assertThat(read.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attribute(read, "outcome")).isEqualTo("timed_out");
        assertThat(read.getEvents()).anyMatch(event -> event.getName().equals("exception"));
    }

    @Test
    void what_works_for_an_operation_on_another_thread_is_within_its_span() {
        var _ = store.read(ALL.everything(), LONG).toList(10);

        SpanData read = span("floodmark.store.read");
        assertThat(read.getParentSpanId()).isEqualTo(SpanId.getInvalid());
        assertThat(spans.getFinishedSpanItems())
                .filteredOn(span -> span.getName().equals("connection"))
                .isNotEmpty()
                .allMatch(span -> span.getParentSpanId().equals(read.getSpanId()));
    }

    @Test
    void a_group_commit_is_a_span_of_its_own() {
        Observation.createNotStarted("lend", observations).observe(() -> observed.append(2));
        // The writer has told of its commit when it has ended.
        store.close();

        SpanData commit = span("floodmark.store.commit");
        assertThat(commit.getParentSpanId()).isEqualTo(SpanId.getInvalid());
        assertThat(attribute(commit, "outcome")).isEqualTo("stored");
        assertThat(attribute(commit, "mode")).isEqualTo("optimistic");
        assertThat(attribute(commit, "floodmark.store.requests")).isEqualTo("1");
        assertThat(attribute(commit, "floodmark.store.events")).isEqualTo("2");
        assertThat(attribute(commit, "floodmark.store.tries")).isEqualTo("1");
    }

    @Test
    void metrics_have_durations_sizes_and_gauges_with_their_attributes() {
        observed.append(3);
        observed.append(1);

        Map<String, MetricData> collected =
                metrics.collectAllMetrics().stream()
                        .collect(Collectors.toMap(MetricData::getName, metric -> metric));
        HistogramPointData append = point(collected, "floodmark.store.append");
        assertThat(append.getCount()).isEqualTo(2);
        assertThat(append.getSum()).isPositive();
        assertThat(append.getAttributes().get(stringKey("outcome"))).isEqualTo("appended");
        assertThat(append.getAttributes().get(stringKey("server"))).isEqualTo("primary");
        assertThat(point(collected, "floodmark.store.events").getSum()).isEqualTo(4);
        assertThat(point(collected, "floodmark.store.sql").getSum()).isPositive();
        assertThat(collected).containsKey("floodmark.store.appends.waiting");
    }

    private static HistogramPointData point(Map<String, MetricData> collected, String name) {
        MetricData metric = Objects.requireNonNull(collected.get(name), name);
        var points = metric.getHistogramData().getPoints();
        assertThat(points).as(name).hasSize(1);
        return points.iterator().next();
    }
}
