package io.floodmark.local;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The files of one ClickHouse engine: data, log, its settings, which hold its password's SHA-256
/// alone, and the one with the password for its owner.
///
/// The engine's own session needs the user `default` without a password, and may read files: over
/// HTTP only requests are answered whose header names our user, who has a password.
///
/// @param folder where they all are
record ClickHouseFiles(Path folder) {
    Path data() {
        return folder.resolve("data");
    }

    Path pid() {
        return ServerProcess.Kind.CLICKHOUSE.pidFile(data());
    }

    Path log() {
        return folder.resolve("engine.log");
    }

    Path settings() {
        return folder.resolve("config.xml");
    }

    /// Address and password as options of curl, for the owner's eyes alone.
    Path client() {
        return folder.resolve("curl.conf");
    }

    void writeClient(URI url, String password) throws IOException {
        rewrite(
                client(),
                """
                url = "%s"
                header = "X-ClickHouse-User: %s"
                header = "X-ClickHouse-Key: %s"
                """
                        .formatted(url, LocalClickHouse.USER, password));
    }

    void write(String password, long memoryBytesMax) throws IOException {
        FileTrees.createPrivate(data());
        Path users = folder.resolve("users.xml");
        rewrite(users, usersText(password));
        rewrite(settings(), settingsText(users, memoryBytesMax));
    }

    private static String settingsText(Path users, long memoryBytesMax) {
        return """
        <clickhouse>
          <logger><level>warning</level><console>1</console></logger>
          <users_config>%s</users_config>
          <max_server_memory_usage>%d</max_server_memory_usage>
          <mark_cache_size>67108864</mark_cache_size>
          <http_handlers>
            <rule>
              <headers><X-ClickHouse-User>%s</X-ClickHouse-User></headers>
              <handler>
                <type>dynamic_query_handler</type>
                <query_param_name>query</query_param_name>
              </handler>
            </rule>
          </http_handlers>
        </clickhouse>

        """
                .formatted(users, memoryBytesMax, LocalClickHouse.USER);
    }

    private static String usersText(String password) {
        return """
        <clickhouse>
          <profiles><default></default></profiles>
          <quotas><default></default></quotas>
          <users>
            <default>
              <password></password>
              <networks><ip>127.0.0.1</ip></networks>
              <profile>default</profile>
              <quota>default</quota>
            </default>
            <%1$s>
              <password_sha256_hex>%2$s</password_sha256_hex>
              <networks><ip>127.0.0.1</ip></networks>
              <profile>default</profile>
              <quota>default</quota>
              <access_management>1</access_management>
            </%1$s>
          </users>
        </clickhouse>

        """
                .formatted(LocalClickHouse.USER, sha256(password));
    }

    private static void rewrite(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        DataFolders.createPrivateFile(file, content);
    }

    private static String sha256(String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
