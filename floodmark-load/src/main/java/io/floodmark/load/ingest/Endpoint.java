package io.floodmark.load.ingest;

import io.floodmark.load.postgres.Password;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Where a service is, and how requests to it begin. Its name is looked up once.
///
/// @param uri its address
/// @param key that it asks for, [Password#none()] if none
/// @param address its host's
record Endpoint(URI uri, Password key, InetAddress address) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /// The service at this address.
    ///
    /// @throws UnknownHostException when its host has no address
    static Endpoint of(URI uri, Password key) throws UnknownHostException {
        return new Endpoint(uri, key, InetAddress.getByName(uri.getHost()));
    }

    private boolean encrypted() {
        return "https".equals(uri.getScheme());
    }

    private int port() {
        return uri.getPort() >= 0 ? uri.getPort() : encrypted() ? HTTPS_PORT : HTTP_PORT;
    }

    /// A plain connection, which [#secured] has to follow.
    Socket connect(int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, port()), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// The same connection, encrypted if the address says so.
    Socket secured(Socket plain) throws IOException {
        if (!encrypted()) {
            return plain;
        }
        SSLSocketFactory factory = trusting();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, uri.getHost(), port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(List.of("http/1.1").toArray(String[]::new));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /// Trusts whom the JVM trusts, which `javax.net.ssl.trustStore` says.
    private static SSLSocketFactory trusting() throws IOException {
        try {
            return SSLContext.getDefault().getSocketFactory();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("this JVM has no TLS: " + e.getMessage(), e);
        }
    }

    /// The beginning of each request for a path, up to the length of its body.
    byte[] head(String path, String contentType, boolean gzip) {
        String base = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        Bytes head = new Bytes(256);
        head.ascii("POST ").ascii(base).ascii(path).ascii(" HTTP/1.1\r\nHost: ");
        head.ascii(uri.getRawAuthority()).ascii("\r\nContent-Type: ").ascii(contentType);
        head.ascii("\r\nPrefer: return=minimal\r\n");
        if (gzip) {
            head.ascii("Content-Encoding: gzip\r\n");
        }
        if (!key.isEmpty()) {
            head.ascii("Authorization: Bearer ").ascii(key.reveal()).ascii("\r\n");
        }
        head.ascii("Content-Length: ");
        byte[] bytes = new byte[head.length()];
        System.arraycopy(head.array(), 0, bytes, 0, bytes.length);
        return bytes;
    }
}
