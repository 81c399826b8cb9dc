package io.floodmark.ingest.postgres;

import io.floodmark.ingest.Delivery;
import java.util.UUID;

/// An event of a batch.
///
/// @param index its place in the batch
/// @param id under which it is recognised again
record Row(int index, UUID id, Delivery delivery) {}
