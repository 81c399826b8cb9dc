package io.floodmark.store.tck.history;

/// What the events of one attempt are made of.
///
/// @param boundary the boundary that they belong to
/// @param second another boundary that they belong to, or the same
/// @param type the first event's type; the following ones have the next types
/// @param count events in the append
record Plan(int boundary, int second, int type, int count) {}
