package io.floodmark.ingest.clickhouse;

import io.floodmark.ingest.Delivery;

/// A row of the events' table.
///
/// @param delivery the event and whose it is
/// @param receivedMicros when it arrived, in microseconds since 1970
/// @param origin where it came from
record EventRow(Delivery delivery, long receivedMicros, Origin origin) {}
