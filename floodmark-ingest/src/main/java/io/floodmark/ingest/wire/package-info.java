/// From the bytes of a request to events in their wire form: decompression within bounds, strict
/// JSON in one pass without trees, the fields of events and of CloudEvents, and for everything that
/// is wrong the place and the reason.
@NullMarked
package io.floodmark.ingest.wire;

import org.jspecify.annotations.NullMarked;
