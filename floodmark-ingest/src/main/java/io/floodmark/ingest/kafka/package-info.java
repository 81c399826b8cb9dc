/// The Kafka sink: one idempotent producer with `acks=all`, a record for each event, dead letters
/// for what Kafka refuses. Stored means that all in-sync replicas of the partition have it. Nothing
/// is hedged, and nothing is sent again beyond what the idempotent producer does by itself.
@NullMarked
package io.floodmark.ingest.kafka;

import org.jspecify.annotations.NullMarked;
