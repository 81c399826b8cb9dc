package io.floodmark.load.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.floodmark.load.postgres.Password;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers as they come over the wire, whole and broken.
final class HttpLinkTest {

    private static final int TIMEOUT_MILLIS = 5_000;

    /// Takes what reads an answer.
    private interface Reading {
        void from(HttpLink link) throws Exception;
    }

    private static void answering(String answer, Reading reading) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> served =
                    executor.submit(() -> {
                        try (Socket socket = server.accept()) {
                            socket.getInputStream().read();
                            socket.getOutputStream()
                                    .write(answer.getBytes(StandardCharsets.US_ASCII));
                        }
                        return true;
                    });
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
            Endpoint endpoint = Endpoint.of(address, Password.none());
            try (HttpLink link = HttpLink.open(endpoint, TIMEOUT_MILLIS)) {
                link.send(new byte[] {'x'}, 0, 1);
                reading.from(link);
            }
            assertThat(served.get()).isTrue();
        }
    }

    @Test
    void two_answers_come_over_one_connection() throws Exception {
        answering(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc"
                        + "HTTP/1.1 503 Later\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                link -> {
                    HttpAnswer first = link.receive();
                    assertThat(first.status()).isEqualTo(200);
                    assertThat(first.body()).hasToString("abc");
                    assertThat(first.keepAlive()).isTrue();
                    HttpAnswer second = link.receive();
                    assertThat(second.status()).isEqualTo(503);
                    assertThat(second.keepAlive()).isFalse();
                });
    }

    @Test
    void chunks_are_put_together() throws Exception {
        answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n",
                link -> assertThat(link.receive().body()).hasToString("abc0123456789"));
    }

    @Test
    void a_body_without_length_ends_with_its_connection() throws Exception {
        answering(
                "HTTP/1.1 200 OK\r\n\r\nabc",
                link -> {
                    HttpAnswer answer = link.receive();
                    assertThat(answer.body()).hasToString("abc");
                    assertThat(answer.keepAlive()).isFalse();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void what_is_no_answer_is_refused(String answer) throws Exception {
        answering(
                answer,
                link -> assertThatThrownBy(link::receive).isInstanceOf(ProtocolException.class));
    }

    @Test
    void a_half_answer_is_the_end_of_the_connection() throws Exception {
        answering(
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
                link -> {
                    assertThatThrownBy(link::receive).isInstanceOf(EOFException.class);
                    assertThat(link.answering()).isTrue();
                });
    }

    @Test
    void a_service_that_says_nothing_is_given_up() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
            Endpoint endpoint = Endpoint.of(address, Password.none());
            try (HttpLink link = HttpLink.open(endpoint, TIMEOUT_MILLIS)) {
                link.timeout(20);
                link.send(new byte[] {'x'}, 0, 1);
                assertThatThrownBy(link::receive).isInstanceOf(SocketTimeoutException.class);
            }
        }
    }
}
