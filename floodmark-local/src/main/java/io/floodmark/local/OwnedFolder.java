package io.floodmark.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/// A private folder that belongs to this JVM: deleted at its close, or, when the JVM dies first, by
/// the next one that makes such a folder; one that is kept stays.
///
/// Its name says who made it (process id and start time). Whether that owner lives is told by a
/// file lock, which the system drops with the process, also across containers that share a home.
final class OwnedFolder implements AutoCloseable {
    private static final Duration GATE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);
    private static final String LOCK_FILE = "owner.lock";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path path;
    private final FileChannel ownership;
    private final boolean kept;

    private OwnedFolder(Path path, FileChannel ownership, boolean kept) {
        this.path = path;
        this.ownership = ownership;
        this.kept = kept;
    }

    /// Takes a folder that stays, made if it is missing; it is nobody else's until the close.
    static OwnedFolder keep(Path path) throws IOException {
        FileTrees.createPrivate(path);
        FileChannel ownership = openLock(path.resolve(LOCK_FILE));
        try {
            if (ownership.tryLock() != null) {
                return new OwnedFolder(path, ownership, true);
            }
        } catch (OverlappingFileLockException e) {
            // Somebody else in this JVM has it.
        }
        ownership.close();
        throw new LocalServerException(
                "another process uses %s; end it or name another folder".formatted(path));
    }

    /// Makes one in the root folder and clears what dead owners left there.
    static OwnedFolder create(Path root) throws IOException {
        FileTrees.createPrivate(root);
        ServerAccount.current().admit(root);
        try (var _ = FileGate.open(root.resolve(".gate"), GATE_TIMEOUT)) {
            clearLeftovers(root);
            Path path = root.resolve(ownPrefix() + COUNT.incrementAndGet());
            FileTrees.createPrivate(path);
            FileChannel ownership = openLock(path.resolve(LOCK_FILE));
            if (ownership.tryLock() == null) {
                ownership.close();
                throw new IOException("a new folder is already locked: " + path);
            }
            ServerAccount.current().own(path);
            return new OwnedFolder(path, ownership, false);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try (ownership) {
            if (!kept) {
                FileTrees.delete(path);
            }
        }
    }

    private static void clearLeftovers(Path root) throws IOException {
        for (Path folder : CachedFolder.children(root)) {
            // Opening the lock of a folder of this JVM would, at its close, drop that lock.
            boolean ours = folder.getFileName().toString().startsWith(ownPrefix());
            if (!ours && Files.isDirectory(folder)) {
                clearIfLeft(folder);
            }
        }
    }

    private static void clearIfLeft(Path folder) {
        try (FileChannel ownership = openLock(folder.resolve(LOCK_FILE))) {
            if (ownership.tryLock() == null) {
                return;
            }
            ServerProcess.on(folder.resolve("data")).ifPresent(left -> left.end(END_TIMEOUT));
            FileTrees.delete(folder);
        } catch (IOException e) {
            // The guard of that owner deletes the folder at this moment, or it cannot be deleted
            // now:
            // no reason to refuse a new server, and the next one tries again.
        }
    }

    private static FileChannel openLock(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static String ownPrefix() {
        ProcessHandle self = ProcessHandle.current();
        long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return self.pid() + "-" + started + "-";
    }
}
