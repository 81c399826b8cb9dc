/// Keeps events in ClickHouse: by inserts over HTTP whose tokens let ClickHouse tell a repetition,
/// with a look at the table after every insert whose end nobody saw, and `event_id` as the last
/// resort, by which the table keeps one row.
///
/// `ClickHouseSink` takes events from requests, `consumer` from Kafka; both insert alike.
@NullMarked
package io.floodmark.ingest.clickhouse;

import org.jspecify.annotations.NullMarked;
