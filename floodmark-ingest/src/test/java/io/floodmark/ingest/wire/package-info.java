/// Tests of what comes over the wire, with Jackson's tree parser as the second opinion.
@NullMarked
package io.floodmark.ingest.wire;

import org.jspecify.annotations.NullMarked;
