package io.floodmark.ingest.wire;

/// How events lie in a body.
public enum BodyFormat {
    /// One event.
    EVENT,
    /// An array of events, or `{"events": […]}`.
    BATCH,
    /// One event on each line; a line that is no JSON does not hinder the others.
    LINES,
    /// One CloudEvent.
    CLOUD_EVENT,
    /// An array of CloudEvents.
    CLOUD_EVENTS
}
