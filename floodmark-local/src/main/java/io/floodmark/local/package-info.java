/// Real PostgreSQL 18 servers for one machine: a throw-away server that ends with its JVM, a
/// streaming replica of it, and a kept one that outlives the command. The programs come from a jar
/// on the class path; everything is durable as on a server (fsync on), reachable on loopback only
/// and protected by a random password.
@NullMarked
package io.floodmark.local;

import org.jspecify.annotations.NullMarked;
