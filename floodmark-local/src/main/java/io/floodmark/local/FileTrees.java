package io.floodmark.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Copies, deletes and measures whole folders, tolerating files that vanish meanwhile: a running
/// server removes files at any time.
final class FileTrees {
    private FileTrees() {}

    /// Creates the folder and missing parents, readable by their owner only.
    static void createPrivate(Path folder) throws IOException {
        var permissions = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(permissions));
    }

    /// Copies the tree; entries whose path relative to the source is refused are left out.
    static void copy(Path source, Path target, Predicate<Path> wanted) throws IOException {
        Files.walkFileTree(source, new Copier(source, target, wanted));
    }

    /// Deletes the tree, which may already be gone or be deleted by somebody else meanwhile.
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new Deleter());
    }

    /// Bytes of all files in the tree.
    static long bytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(FileTrees::bytesOfFile).sum();
        } catch (IOException | UncheckedIOException e) {
            // A file vanished under the walk: the size is an estimate for people, not worth a
            // failure.
            return 0;
        }
    }

    private static long bytesOfFile(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static final class Copier extends SimpleFileVisitor<Path> {
        private final Path source;
        private final Path target;
        private final Predicate<Path> wanted;

        Copier(Path source, Path target, Predicate<Path> wanted) {
            this.source = source;
            this.target = target;
            this.wanted = wanted;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
            if (!wanted.test(source.relativize(folder))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            createPrivate(target.resolve(source.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Path relative = source.relativize(file);
            if (wanted.test(relative)) {
                copyFile(file, target.resolve(relative.toString()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            return continueIfGone(failure);
        }

        private static void copyFile(Path file, Path copy) throws IOException {
            try {
                Files.copy(
                        file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException e) {
                // Removed by the server between listing and copying: it is not needed any more.
                Files.deleteIfExists(copy);
            }
        }
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            return continueIfGone(failure);
        }

        @Override
        public FileVisitResult postVisitDirectory(
                Path folder, @org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                continueIfGone(failure);
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }

    private static FileVisitResult continueIfGone(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
