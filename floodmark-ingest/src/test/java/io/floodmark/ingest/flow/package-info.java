/// Tests of the way to the sink and back, with a sink that does what a test says.
@NullMarked
package io.floodmark.ingest.flow;

import org.jspecify.annotations.NullMarked;
