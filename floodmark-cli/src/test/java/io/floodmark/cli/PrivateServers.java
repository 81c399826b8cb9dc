package io.floodmark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds the server that a run started for itself.
final class PrivateServers {

    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)/");

    private PrivateServers() {}

    /// The port on which the run's server still answers, if it does.
    static Optional<Integer> startedFrom(JsonNode summary) {
        int port =
                PORT.matcher(summary.at("/run/target").asText())
                        .results()
                        .findFirst()
                        .map(PrivateServers::port)
                        .orElseThrow();
        try (var socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
            return Optional.of(socket.getPort());
        } catch (java.io.IOException _) {
            return Optional.empty();
        }
    }

    private static int port(MatchResult target) {
        return Integer.parseInt(target.group(1));
    }
}
