package io.floodmark.store.postgres.tune;

/// Which database of which server.
///
/// @param system the identifier that a primary and its replicas share
/// @param port where the server listens
/// @param database name of the database
public record ServerIdentity(String system, int port, String database) {}
