/// A campaign for `bench/contest`: several processes append to one database on conditions that
/// contend, are killed at random and at the worst moments and start anew, while the history checker
/// judges every answer and the log. The judging process is never killed: it makes all attempts
/// through the others, records when each began, ended and how, and so knows what a killed one owed.
@NullMarked
package io.floodmark.bench.contest;

import org.jspecify.annotations.NullMarked;
