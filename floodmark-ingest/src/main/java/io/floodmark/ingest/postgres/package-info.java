/// The sink in PostgreSQL: events in tables partitioned by the day of their arrival, every id once
/// within the days that count, what the database refuses apart with its reason.
///
/// The one package of ingestion that knows JDBC.
@NullMarked
package io.floodmark.ingest.postgres;

import org.jspecify.annotations.NullMarked;
