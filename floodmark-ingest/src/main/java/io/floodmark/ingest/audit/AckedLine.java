package io.floodmark.ingest.audit;

/// An acknowledgement as a line of a file tells it.
///
/// @param eventId what was acknowledged
/// @param level at which, empty when the line does not say
/// @param time when, RFC 3339, empty when the line does not say
record AckedLine(String eventId, String level, String time) {}
