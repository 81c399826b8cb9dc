@NullMarked
package io.floodmark.ingest.kafka;

import org.jspecify.annotations.NullMarked;
