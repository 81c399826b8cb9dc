package io.floodmark.load.config;

/// A second server, reached with the user, password and database of the first.
///
/// @param host host name or address, IPv6 without brackets
/// @param port its port
public record HostAndPort(String host, int port) {

    /// `db2.example:5432`, an IPv6 address in brackets.
    @Override
    public String toString() {
        return DatabaseUrl.bracketed(host) + ":" + port;
    }
}
