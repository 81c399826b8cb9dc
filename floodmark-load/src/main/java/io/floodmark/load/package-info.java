/// The load engine without any user interface. Sub-packages, in the order of their use: `config`
/// reads what is wanted, `preflight` checks that it is safe, `arrival` says when operations are
/// due, `engine` performs them against a workload (`workload`, `table`; `registry` knows them by
/// name), `record` holds what happened, `output` writes it to the run folder.
@NullMarked
package io.floodmark.load;

import org.jspecify.annotations.NullMarked;
