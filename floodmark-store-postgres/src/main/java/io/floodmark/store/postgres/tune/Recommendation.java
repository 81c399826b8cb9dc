package io.floodmark.store.postgres.tune;

/// One setting of a server, what it should be and why.
///
/// @param setting its name
/// @param target what it should be
/// @param why one sentence
/// @param topic what it is about
/// @param activation what a change needs
/// @param active whether it does something in the server's role; otherwise it waits for a promotion
public record Recommendation(
        String setting,
        Target target,
        String why,
        Topic topic,
        Activation activation,
        boolean active) {}
