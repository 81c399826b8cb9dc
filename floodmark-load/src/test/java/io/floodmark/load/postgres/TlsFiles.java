package io.floodmark.load.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/// A self-signed certificate for a test server, made by the JDK's keytool.
final class TlsFiles {

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    private TlsFiles() {}

    /// Writes `server.crt` and `server.key` into a server's data directory, owned by the server.
    static void install(Path dataDirectory) throws Exception {
        Path store = dataDirectory.resolve("test.p12");
        run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(STORE_PASSWORD));
        KeyStore keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD);
        Certificate certificate = keys.getCertificate("server");
        Key key = keys.getKey("server", STORE_PASSWORD);
        write(dataDirectory, "server.crt", pem("CERTIFICATE", certificate.getEncoded()));
        write(dataDirectory, "server.key", pem("PRIVATE KEY", key.getEncoded()));
        Files.delete(store);
    }

    private static String pem(String type, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, text, type);
    }

    private static void write(Path directory, String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setOwner(file, Files.getOwner(directory));
    }

    private static void run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool failed");
        }
    }
}
