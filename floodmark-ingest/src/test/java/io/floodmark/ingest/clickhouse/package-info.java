/// Tests on the real ClickHouse engine; what that cannot show is said beside them.
@NullMarked
package io.floodmark.ingest.clickhouse;

import org.jspecify.annotations.NullMarked;
