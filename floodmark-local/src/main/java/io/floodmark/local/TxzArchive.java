package io.floodmark.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// Unpacks a `.txz`: folders, files with their executable bit, and relative links. An entry that
/// would leave the folder ends the work with an exception.
final class TxzArchive {
    private static final int ANY_EXECUTE = 0111;

    private final Path folder;

    private TxzArchive(Path folder) {
        this.folder = folder;
    }

    static void unpack(InputStream txz, Path folder) throws IOException {
        var archive = new TxzArchive(folder.toRealPath());
        var xz = new XZInputStream(new BufferedInputStream(txz));
        try (var tar = new TarArchiveInputStream(new BufferedInputStream(xz))) {
            archive.unpackAll(tar);
        }
    }

    private void unpackAll(TarArchiveInputStream tar) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry();
                entry != null;
                entry = tar.getNextEntry()) {
            Path target = inside(entry, folder.resolve(entry.getName()));
            if (entry.isDirectory()) {
                Files.createDirectories(target);
                continue;
            }
            Files.createDirectories(target.resolveSibling("."));
            // Links unpacked earlier must not lead a later file out of the folder.
            inside(entry, target.resolveSibling(".").toRealPath());
            if (entry.isSymbolicLink()) {
                link(entry, target);
            } else if (entry.isFile()) {
                write(tar, entry, target);
            } else {
                throw new IOException("unexpected kind of archive entry: " + entry.getName());
            }
        }
    }

    private void link(TarArchiveEntry entry, Path target) throws IOException {
        inside(entry, target.resolveSibling(entry.getLinkName()));
        Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        Files.copy(tar, target);
        boolean executable = (entry.getMode() & ANY_EXECUTE) != 0;
        Files.setPosixFilePermissions(
                target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private Path inside(TarArchiveEntry entry, Path path) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(folder)) {
            throw new IOException("archive entry leaves its folder: " + entry.getName());
        }
        return normal;
    }
}
