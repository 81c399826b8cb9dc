package io.floodmark.load.output;

import io.floodmark.load.record.Interval;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/// `latency.hlog`: the distributions of each second in HdrHistogram's log format V2, nanoseconds,
/// one tag for each distribution. Logs of several runs or machines can be merged without loss.
///
/// *Threads.* Confined to one.
final class LatencyLog implements Closeable {

    private static final double NANOS_PER_MILLI = 1e6;

    private final PrintStream stream;
    private final HistogramLogWriter writer;
    private final long startMillis;

    LatencyLog(Path path, Instant start) throws FileNotFoundException {
        stream =
                new PrintStream(
                        new java.io.FileOutputStream(path.toFile()), false, StandardCharsets.UTF_8);
        writer = new HistogramLogWriter(stream);
        startMillis = start.toEpochMilli();
        writer.outputComment("[Floodmark latency log: values in nanoseconds]");
        writer.outputLogFormatVersion();
        writer.outputStartTime(startMillis);
        writer.setBaseTime(startMillis);
        writer.outputLegend();
    }

    void write(Interval interval, Map<String, Histogram> histograms) throws IOException {
        new TreeMap<>(histograms)
                .forEach((name, histogram) -> {
                    histogram.setTag(name);
                    histogram.setStartTimeStamp(millis(interval.startSeconds()));
                    histogram.setEndTimeStamp(millis(interval.endSeconds()));
                    writer.outputIntervalHistogram(
                            interval.startSeconds(),
                            interval.endSeconds(),
                            histogram,
                            NANOS_PER_MILLI);
                });
        if (stream.checkError()) {
            throw new IOException("not written");
        }
    }

    private long millis(double seconds) {
        return startMillis + Math.round(seconds * 1e3);
    }

    @Override
    public void close() throws IOException {
        writer.close();
        if (stream.checkError()) {
            throw new IOException("not written");
        }
    }
}
