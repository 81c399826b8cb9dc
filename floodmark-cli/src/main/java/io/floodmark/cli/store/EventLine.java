package io.floodmark.cli.store;

import io.floodmark.store.Event;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// An event as one line of JSON holds it.
///
/// @param position its place in the log that it was exported from
/// @param recordedAt when that log recorded it
/// @param hasId whether the line names the event's id; else the id is new
public record EventLine(
        OptionalLong position, Optional<Instant> recordedAt, boolean hasId, Event event) {}
