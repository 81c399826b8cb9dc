/// What workloads on PostgreSQL share: what they are made from, their governed connections, and
/// what the preflight asks of them. Each workload is a package beside this one, such as `table`.
@NullMarked
package io.floodmark.load.workload;

import org.jspecify.annotations.NullMarked;
