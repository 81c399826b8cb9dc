package io.floodmark.ingest;

/// An event for a sink.
///
/// @param tenant whose event it is; ids are unique for each tenant
/// @param event the event
public record Delivery(String tenant, WireEvent event) {}
