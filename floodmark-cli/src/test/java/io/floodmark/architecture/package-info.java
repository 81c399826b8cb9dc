/// The tests that keep the project's structure and house style: a rule that the build does not
/// check is a wish. They see all modules, because the command line depends on all of them.
@NullMarked
package io.floodmark.architecture;

import org.jspecify.annotations.NullMarked;
