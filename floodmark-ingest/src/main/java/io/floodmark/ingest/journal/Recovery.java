package io.floodmark.ingest.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what an earlier process left: whole records stay, everything else goes, byte for byte, to
/// files in `quarantine`.
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final String QUARANTINE = "quarantine";
    private static final String SUFFIX = ".journal";

    private final Path folder;
    private final long position;
    private final List<Segment> segments = new ArrayList<>();
    private long nextNumber;
    private long quarantinedBytes;

    private Recovery(Path folder, long position) {
        this.folder = folder;
        this.position = position;
        this.nextNumber = position;
    }

    /// Recovers the folder.
    ///
    /// @param position number of the first event that is not replayed
    static Recovery of(Path folder, long position) throws IOException {
        Recovery recovery = new Recovery(folder, position);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
        for (Path file : files) {
            recovery.take(file);
        }
        return recovery;
    }

    static Path file(Path folder, long firstNumber) {
        return folder.resolve("%016x%s".formatted(firstNumber, SUFFIX));
    }

    /// Those with events that are not replayed, oldest first.
    List<Segment> segments() {
        return segments;
    }

    long nextNumber() {
        return nextNumber;
    }

    long quarantinedBytes() {
        return quarantinedBytes;
    }

    private void take(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        SegmentScan scan = SegmentScan.of(bytes);
        nextNumber = Math.max(nextNumber, scan.nextNumber());
        if (scan.damaged()) {
            quarantine(file, bytes, scan);
        }
        if (scan.nextNumber() <= position) {
            Files.delete(file);
            return;
        }
        if (scan.damaged()) {
            rewrite(file, bytes, scan);
        }
        segments.add(Segment.sealed(file));
    }

    private void quarantine(Path file, byte[] bytes, SegmentScan scan) throws IOException {
        LOG.warn("{} has {} damaged bytes, which go to {}", file, scan.damagedBytes(), QUARANTINE);
        Path aside = Files.createDirectories(folder.resolve(QUARANTINE));
        for (SegmentScan.Range damage : scan.damages()) {
            String name = "%s.%d".formatted(file.getFileName(), damage.from());
            write(aside.resolve(name), List.of(part(bytes, damage)));
        }
        SegmentWriter.flushFolder(aside.resolve(QUARANTINE));
        quarantinedBytes += scan.damagedBytes();
    }

    private void rewrite(Path file, byte[] bytes, SegmentScan scan) throws IOException {
        List<ByteBuffer> whole = new ArrayList<>();
        whole.add(ByteBuffer.wrap(SegmentScan.MAGIC));
        scan.records().forEach(range -> whole.add(part(bytes, range)));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        write(next, whole);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        SegmentWriter.flushFolder(file);
    }

    private static ByteBuffer part(byte[] bytes, SegmentScan.Range range) {
        return ByteBuffer.wrap(bytes, range.from(), range.to() - range.from());
    }

    private static void write(Path file, List<ByteBuffer> parts) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            for (ByteBuffer part : parts) {
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
            channel.force(true);
        }
    }
}
