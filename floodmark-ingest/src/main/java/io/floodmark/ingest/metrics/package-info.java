/// The names under which ingestion is measured, as Micrometer meters: events and their outcomes,
/// batches and why they were closed, what waits in memory, and the time that each stage takes.
@NullMarked
package io.floodmark.ingest.metrics;

import org.jspecify.annotations.NullMarked;
