package io.floodmark.ingest;

/// What one place in a body holds: an event, or the reason why it is none.
public sealed interface Entry permits WireEvent, Rejection {}
