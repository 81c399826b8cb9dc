package io.floodmark.load.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.load.postgres.Password;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service behind https: reached when its certificate is trusted and names it, refused otherwise.
final class EncryptedLinkTest {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final char[] SECRET = "changeit".toCharArray();

    @TempDir private static Path folder;

    /// Has the certificate of `localhost`, and trusts it.
    private static SSLContext trusting;

    private SSLContext usual;

    @BeforeAll
    static void certificate() throws Exception {
        Path store = folder.resolve("service.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "service",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=service",
                                "-ext",
                                "san=dns:localhost",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                new String(SECRET))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.out").toFile())
                        .start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue())
                .as(Files.readString(folder.resolve("keytool.out")))
                .isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), SECRET);
        var mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        mine.init(keys, SECRET);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(mine.getKeyManagers(), trusted.getTrustManagers(), null);
    }

    @BeforeEach
    void remember() throws Exception {
        usual = SSLContext.getDefault();
    }

    @AfterEach
    void forget() {
        SSLContext.setDefault(usual);
    }

    /// What comes back from a service at this name.
    private static String exchanged(String host) throws Exception {
        try (SSLServerSocket server =
                        (SSLServerSocket)
                                trusting.getServerSocketFactory()
                                        .createServerSocket(
                                                0, 1, InetAddress.getLoopbackAddress());
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> served = executor.submit(() -> answered(server));
            URI address = URI.create("https://%s:%d".formatted(host, server.getLocalPort()));
            Endpoint endpoint = Endpoint.of(address, Password.none());
            try (HttpLink link = HttpLink.open(endpoint, TIMEOUT_MILLIS)) {
                link.send(new byte[] {'x'}, 0, 1);
                String body = link.receive().body().toString();
                assertThat(served.get()).isTrue();
                return body;
            }
        }
    }

    /// False when the client went away before it had asked.
    private static boolean answered(SSLServerSocket server) {
        try (Socket socket = server.accept()) {
            byte[] answer =
                    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
                            .getBytes(StandardCharsets.US_ASCII);
            if (socket.getInputStream().read() < 0) {
                return false;
            }
            socket.getOutputStream().write(answer);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_trusted_service_is_reached_by_the_name_in_its_certificate() throws Exception {
        SSLContext.setDefault(trusting);

        assertThat(exchanged("localhost")).isEqualTo("abc");
    }

    @Test
    void a_trusted_service_with_another_name_is_refused() {
        SSLContext.setDefault(trusting);

        assertThatThrownBy(() -> exchanged("127.0.0.1"))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void a_service_whose_certificate_nobody_vouches_for_is_refused() {
        assertThatThrownBy(() -> exchanged("localhost")).isInstanceOf(SSLHandshakeException.class);
    }
}
