/// Real servers for one machine: a throw-away PostgreSQL that ends with its JVM, a streaming
/// replica of it, a kept one that outlives the command, a Kafka broker, and a ClickHouse engine.
/// PostgreSQL 18 comes from a jar on the class path, other versions where the user has them; it is
/// durable as on a server (fsync on), reachable on loopback only and protected by a random
/// password.
@NullMarked
package io.floodmark.local;

import org.jspecify.annotations.NullMarked;
