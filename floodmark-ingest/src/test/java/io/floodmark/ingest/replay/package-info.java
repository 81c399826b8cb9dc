/// See the package under test.
@NullMarked
package io.floodmark.ingest.replay;

import org.jspecify.annotations.NullMarked;
