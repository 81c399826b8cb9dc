/// The ingest workload against scripted answers and a real database; the whole of it is run end to
/// end by the command line's tests.
@NullMarked
package io.floodmark.load.ingest;

import org.jspecify.annotations.NullMarked;
