/// Tests of the ingestion benchmark in miniature.
@NullMarked
package io.floodmark.bench.ingest;

import org.jspecify.annotations.NullMarked;
