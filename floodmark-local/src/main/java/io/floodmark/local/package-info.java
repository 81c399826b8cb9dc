/// Real PostgreSQL servers for one machine: a throw-away server that ends with its JVM, a streaming
/// replica of it, and a kept one that outlives the command. PostgreSQL 18 comes from a jar on the
/// class path, other versions where the user has them; everything is durable as on a server (fsync
/// on), reachable on loopback only and protected by a random password.
@NullMarked
package io.floodmark.local;

import org.jspecify.annotations.NullMarked;
