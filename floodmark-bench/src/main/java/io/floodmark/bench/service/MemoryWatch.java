package io.floodmark.bench.service;

import io.floodmark.load.time.SystemTime;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Looks at a service's memory once a second while it is driven. *Threads:* one looks; the samples
/// are for after its close.
final class MemoryWatch implements AutoCloseable {
    private static final double MIB = 1 << 20;
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int COLUMNS = 60;

    private final Site site;
    private final long start = SystemTime.INSTANCE.nanos();
    private final List<MemorySample> samples = new ArrayList<>();
    private final Repeated looking;

    MemoryWatch(Site site, Duration every) {
        this.site = site;
        this.looking = Repeated.start("memory-watch", every, this::look);
    }

    private void look() throws IOException, InterruptedException {
        double second = (SystemTime.INSTANCE.nanos() - start) / 1e9;
        samples.add(
                MemorySample.of(second, ProcStat.resident(site.service().pid()), site.meters()));
    }

    @Override
    public void close() {
        looking.close();
    }

    /// What kept it from looking on, if something did.
    Optional<String> failure() {
        return looking.failure();
    }

    /// How often it looked.
    int looks() {
        return samples.size();
    }

    /// The most of something, in MiB.
    double mostMib(ToDoubleFunction<MemorySample> what) {
        return samples.stream().mapToDouble(what).max().orElse(0) / MIB;
    }

    /// The mean of resident memory in the first or the last half, in MiB.
    double meanMib(boolean last) {
        int half = samples.size() / 2;
        List<MemorySample> part =
                last ? samples.subList(half, samples.size()) : samples.subList(0, half);
        return part.stream().mapToDouble(MemorySample::resident).average().orElse(0) / MIB;
    }

    /// Resident memory over time in one line, from the least to the most of it.
    String plot() {
        double least = samples.stream().mapToDouble(MemorySample::resident).min().orElse(0);
        double most = mostMib(MemorySample::resident) * MIB;
        StringBuilder line = new StringBuilder();
        int columns = Math.min(COLUMNS, samples.size());
        for (int column = 0; column < columns; column++) {
            MemorySample sample = samples.get(column * samples.size() / columns);
            double height = most == least ? 0 : (sample.resident() - least) / (most - least);
            line.append(BARS.charAt((int) Math.round(height * (BARS.length() - 1))));
        }
        return String.format(Locale.ROOT, "%s  %.0f to %.0f MiB", line, least / MIB, most / MIB);
    }

    /// Writes all samples, a line each.
    void writeCsv(Path file) throws IOException {
        try (BufferedWriter csv = Files.newBufferedWriter(file)) {
            csv.write("second,resident_mib,heap_mib,live_mib,outside_mib,in_flight_mib\n");
            for (MemorySample one : samples) {
                csv.write(
                        String.format(
                                Locale.ROOT,
                                "%.1f,%.1f,%.1f,%.1f,%.1f,%.2f%n",
                                one.second(),
                                one.resident() / MIB,
                                one.heap() / MIB,
                                one.live() / MIB,
                                one.outside() / MIB,
                                one.inFlight() / MIB));
            }
        }
    }
}
