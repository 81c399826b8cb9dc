package io.floodmark.console.report;

import io.floodmark.load.record.Interval;
import io.floodmark.load.record.RunObserver;
import io.floodmark.load.record.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The report of a run as one self-contained HTML file, written when the run is finished.
///
/// While the run goes on it keeps a bounded series ([Series#POINTS_MAX] points). The file appears
/// whole or not at all; a file that cannot be written ends in [UncheckedIOException].
public final class HtmlReport implements RunObserver {

    static final int NOTICES_MAX = 200;

    private final Path file;
    private final Supplier<Supplement> supplement;
    private final Series series = new Series();
    private final List<String> notices = new ArrayList<>();
    private long noticesDropped;
    private double elapsedSeconds;

    /// @param file where the report goes; its folder exists
    /// @param supplement asked once, when the run is finished
    public HtmlReport(Path file, Supplier<Supplement> supplement) {
        this.file = file;
        this.supplement = supplement;
    }

    /// The report of a finished run, from its record alone.
    public static String render(RunResult result, List<Interval> intervals, Supplement supplement) {
        Series series = new Series();
        intervals.forEach(series::add);
        return ReportPage.of(ReportDocument.of(result, series, List.of(), supplement));
    }

    @Override
    public void interval(Interval interval) {
        elapsedSeconds = interval.endSeconds();
        series.add(interval);
    }

    @Override
    public void notice(String sentence) {
        if (notices.size() < NOTICES_MAX) {
            notices.add(Math.round(elapsedSeconds) + " s: " + sentence);
        } else {
            noticesDropped++;
        }
    }

    @Override
    public void finished(RunResult result) {
        if (noticesDropped > 0) {
            notices.add("and " + noticesDropped + " more");
        }
        write(ReportPage.of(ReportDocument.of(result, series, notices, supplement.get())));
    }

    private void write(String page) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, page);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(part);
            throw new UncheckedIOException("cannot write the report " + file + ": " + e, e);
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // It is told anyway that there is no report.
        }
    }
}
