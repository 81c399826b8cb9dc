/// Tests of the server over real sockets.
@NullMarked
package io.floodmark.ingest.http;

import org.jspecify.annotations.NullMarked;
