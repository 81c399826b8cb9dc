/// The workloads by name. A package of its own, because it is the only one that knows every
/// workload: the workloads build on `workload`, and nothing that they build on knows them.
@NullMarked
package io.floodmark.load.registry;

import org.jspecify.annotations.NullMarked;
