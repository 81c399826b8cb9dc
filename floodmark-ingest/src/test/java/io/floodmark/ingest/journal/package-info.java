/// Tests of the journal on real files, torn and damaged at many places.
@NullMarked
package io.floodmark.ingest.journal;

import org.jspecify.annotations.NullMarked;
