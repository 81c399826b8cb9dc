/// See the package under test.
@NullMarked
package io.floodmark.ingest.audit;

import org.jspecify.annotations.NullMarked;
