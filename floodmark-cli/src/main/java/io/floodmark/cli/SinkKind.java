package io.floodmark.cli;

import io.floodmark.ingest.flow.PipelineSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;

/// Where `floodmark ingest` can store events.
enum SinkKind {
    POSTGRES,
    KAFKA,
    CLICKHOUSE;

    /// As in options, and as the level of acknowledgement that it gives.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    PipelineSettings pipeline() {
        return switch (this) {
            case POSTGRES -> PipelineSettings.defaults();
            case KAFKA -> PipelineSettings.forKafka();
            case CLICKHOUSE -> PipelineSettings.forClickHouse();
        };
    }

    @Override
    public String toString() {
        return label();
    }

    /// Reads the option's value; picocli's own reading of an enum names each constant twice when it
    /// refuses.
    static final class Converter implements CommandLine.ITypeConverter<SinkKind> {
        @Override
        public SinkKind convert(String value) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(value.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() ->
                            new CommandLine.TypeConversionException(
                                    "'%s' is none, allowed: %s".formatted(value, labels())));
        }

        private static String labels() {
            return Arrays.stream(values()).map(SinkKind::label).collect(Collectors.joining(", "));
        }
    }
}
