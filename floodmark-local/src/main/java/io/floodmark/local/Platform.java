package io.floodmark.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The operating system and processor for which PostgreSQL programs were built.
///
/// @param os `linux` or `darwin`
/// @param arch `x86_64` or `arm_64`
record Platform(String os, String arch) {
    private static final String ADVICE =
            "; they exist for Linux with glibc and for macOS, on x86_64 and arm64."
                    + " Start PostgreSQL 18 yourself and give its address (DB_HOST, DB_PORT).";

    static Platform current() {
        Platform platform = of(System.getProperty("os.name"), System.getProperty("os.arch"));
        if (Files.exists(Path.of("/etc/alpine-release"))) {
            throw new LocalServerException(
                    "no PostgreSQL programs for Alpine Linux (musl) on " + platform.arch + ADVICE);
        }
        return platform;
    }

    static Platform of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> throw unsupported(osName, osArch);
                };
        if (os.startsWith("linux")) {
            return new Platform("linux", arch);
        }
        if (os.startsWith("mac")) {
            return new Platform("darwin", arch);
        }
        throw unsupported(osName, osArch);
    }

    String resource() {
        return "postgres-" + os + "-" + arch + ".txz";
    }

    private static LocalServerException unsupported(String osName, String osArch) {
        return new LocalServerException(
                "no PostgreSQL programs for " + osName + " on " + osArch + ADVICE);
    }
}
