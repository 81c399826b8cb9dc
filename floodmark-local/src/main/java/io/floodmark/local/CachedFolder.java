package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A folder that is filled once, appears complete or not at all, and never changes afterwards;
/// several processes may ask for it at once.
final class CachedFolder {
    private static final Duration FILL_TIMEOUT = Duration.ofMinutes(10);

    private CachedFolder() {}

    /// Puts the content into an empty folder.
    interface Filler {
        void fill(Path folder) throws IOException;
    }

    static Path obtain(Path parent, String name, Filler filler) throws IOException {
        Path folder = parent.resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try (var _ = FileGate.open(parent.resolve(name + ".lock"), FILL_TIMEOUT)) {
            if (!Files.isDirectory(folder)) {
                fillAside(folder, filler);
            }
        }
        return folder;
    }

    private static void fillAside(Path folder, Filler filler) throws IOException {
        Path aside = folder.resolveSibling(folder.getFileName() + ".part");
        // Left by a process that died while filling; the gate says that nobody works in it.
        FileTrees.delete(aside);
        Files.createDirectory(aside);
        try {
            filler.fill(aside);
            Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTrees.delete(aside);
        }
    }

    /// The names in the folder, none when it does not exist.
    static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
