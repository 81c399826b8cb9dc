package io.floodmark.local;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The settings file of a local server: as durable as a real one, on loopback, sized by the
/// machine.
final class ServerSettings {
    private static final long MEBIBYTE = 1 << 20;
    // sun_path has 108 bytes on Linux and 104 on macOS, with the closing zero.
    private static final int SOCKET_PATH_BYTES_MAX = 103;

    private ServerSettings() {}

    static String text(Path folder, int port, Map<String, String> chosen) throws IOException {
        SortedMap<String, String> settings = base(folder, port);
        settings.putAll(chosen);
        return settings.entrySet().stream()
                .map(e -> e.getKey() + " = '" + e.getValue().replace("'", "''") + "'\n")
                .collect(Collectors.joining());
    }

    private static SortedMap<String, String> base(Path folder, int port) throws IOException {
        var settings = new TreeMap<String, String>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", socketFolder(folder));
        settings.put("unix_socket_permissions", "0700");
        settings.put("password_encryption", "scram-sha-256");
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", "on");
        settings.put("wal_level", "replica");
        settings.put("hot_standby", "on");
        settings.put("wal_retrieve_retry_interval", "100ms");
        settings.put("shared_preload_libraries", "pg_stat_statements");
        settings.put("track_io_timing", "on");
        settings.put("track_wal_io_timing", "on");
        settings.put("max_connections", "200");
        settings.put("shared_buffers", sharedBuffersMebibytes() + "MB");
        settings.put("max_wal_size", walMebibytesMax(folder) + "MB");
        // A replica that is down for long must not fill the disk: it is built anew then.
        settings.put("max_slot_wal_keep_size", 2 * walMebibytesMax(folder) + "MB");
        settings.put("logging_collector", "off");
        settings.put("log_line_prefix", "%m [%p] ");
        return settings;
    }

    /// The server's own folder when a socket's path fits there; none otherwise, as TCP is enough.
    private static String socketFolder(Path folder) {
        String path = folder.resolve(".s.PGSQL.65535").toString();
        boolean fits =
                path.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                        <= SOCKET_PATH_BYTES_MAX;
        return fits && !path.contains(",") ? folder.toString() : "";
    }

    /// An eighth of the memory, as the load generator lives on the same machine.
    private static long sharedBuffersMebibytes() {
        return Math.clamp(memoryMebibytes() / 8, 128, 1024);
    }

    private static long walMebibytesMax(Path folder) throws IOException {
        long freeDisk = Files.getFileStore(folder).getUsableSpace() / MEBIBYTE;
        return Math.clamp(Math.min(memoryMebibytes() / 3, freeDisk / 10), 256, 8192);
    }

    private static long memoryMebibytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
                / MEBIBYTE;
    }
}
