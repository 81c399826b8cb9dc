package io.floodmark.load.config;

import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.postgres.Password;
import io.floodmark.load.postgres.SslMode;
import io.floodmark.load.threshold.Threshold;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A complete, valid configuration of one run. Immutable.
///
/// @param connection the server to load; empty means the embedded server
/// @param pool how many connections
/// @param load what falls due when, and who performs it
/// @param data what the operations of the workload `table` touch
/// @param events what the operations of the workload `events` touch
/// @param ingest what the workload `ingest` sends, and where to
/// @param output what is reported where
/// @param confirmed whether the user agreed to load a database that is not ours (`--yes`)
public record RunConfig(
        Optional<Connection> connection,
        Pool pool,
        Load load,
        Data data,
        Events events,
        Ingest ingest,
        Output output,
        boolean confirmed) {

    /// The server to load. Prints without its password.
    ///
    /// @param host host name or address, IPv6 without brackets
    /// @param password [Password#none()] when there is none
    public record Connection(
            String host,
            int port,
            String user,
            Password password,
            String database,
            SslMode sslMode) {

        /// `127.0.0.1:5432/bench`, without secrets.
        public String target() {
            return DatabaseUrl.bracketed(host) + ":" + port + "/" + database;
        }
    }

    /// The bounds on connections.
    ///
    /// @param maxConnections most connections of ours, at least 1
    /// @param idleConnections connections kept open while idle, at most `maxConnections`
    /// @param minFreeConnections connections of the server left to others after ours are full
    public record Pool(int maxConnections, int idleConnections, int minFreeConnections) {}

    /// What falls due when, and who performs it.
    ///
    /// @param workload name of the workload
    /// @param ratePerSecond arrivals per second; meaningful for `constant` and `poisson` only
    /// @param arrival the arrival process in plain form: rates are decimals per second, lengths
    ///   have units (`poisson`, `ramp:10..100`, `steps:10s:100,20s:200`)
    /// @param duration length of the run; for steps the sum of their lengths
    /// @param workers operations in flight at most
    /// @param queue arrivals that may wait for a worker
    /// @param policy what happens when workers fall behind
    /// @param deadline counted from due; empty when operations are never given up
    /// @param seed seed of arrivals, mix and data
    /// @param calibrate whether to measure the generator's own limit first
    public record Load(
            String workload,
            double ratePerSecond,
            String arrival,
            Duration duration,
            int workers,
            int queue,
            QueuePolicy policy,
            Optional<Duration> deadline,
            long seed,
            boolean calibrate) {}

    /// What the operations touch.
    ///
    /// @param table plain identifier, perhaps with a schema before it; safe to put into statements
    /// @param batchSize rows of one insert or update
    /// @param readBatchSize rows of one read
    /// @param mix kinds of operation
    /// @param seedRows rows put into the table before the run
    /// @param afterRun what becomes of the table
    public record Data(
            String table,
            int batchSize,
            int readBatchSize,
            Mix mix,
            int seedRows,
            AfterRun afterRun) {}

    /// What the operations of the workload `events` touch.
    ///
    /// @param mix kinds of operation
    /// @param library how large it is
    /// @param contention how often operations meet
    /// @param readFrom which server answers `read`
    /// @param replica where the replica is; empty when there is none, or the private server has one
    /// @param schema plain identifier, safe to put into statements once quoted
    /// @param afterRun what becomes of the schema
    public record Events(
            Mix mix,
            Library library,
            Contention contention,
            ReadFrom readFrom,
            Optional<HostAndPort> replica,
            String schema,
            AfterRun afterRun) {}

    /// The library that the workload `events` lends from.
    ///
    /// @param books copies of books
    /// @param readers people who borrow them
    /// @param loanLimit most books that one reader may hold
    public record Library(int books, int readers, int loanLimit) {}

    /// How often operations of the workload `events` meet, and what they do then.
    ///
    /// @param percent operations in percent that go to the few hot books and readers
    /// @param hotSet how many books, and how many readers, are hot at a time
    /// @param retries how often an operation decides anew after a conflict
    public record Contention(int percent, int hotSet, int retries) {}

    /// What the workload `ingest` sends, and where to.
    ///
    /// @param mix kinds of request
    /// @param service a running service; empty when the run starts one beside its database
    /// @param apiKey of the running service, [Password#none()] when it asks for none
    /// @param traffic what the requests hold
    /// @param schema of the service's tables; plain identifier, safe to put into statements once
    ///   quoted
    /// @param ackedFile takes the acknowledged ids while the run goes on
    /// @param afterRun what becomes of the schema
    public record Ingest(
            Mix mix,
            Optional<URI> service,
            Password apiKey,
            Traffic traffic,
            String schema,
            Optional<Path> ackedFile,
            AfterRun afterRun) {}

    /// What the requests of the workload `ingest` hold.
    ///
    /// @param batch events of a request that is not single
    /// @param users how many users there are
    /// @param skew how unevenly events fall on them
    /// @param invalidPercent events with a mistake
    /// @param gzip whether bodies are compressed
    /// @param slowTime how long a slow client takes to send one request
    public record Traffic(
            int batch, int users, Skew skew, int invalidPercent, boolean gzip, Duration slowTime) {}

    /// What is reported where.
    ///
    /// @param folder parent of the run folders
    /// @param thresholds objectives of the run
    /// @param json whether the result is printed as JSON
    /// @param reportInterval time between plain progress lines
    public record Output(
            Path folder, List<Threshold> thresholds, boolean json, Duration reportInterval) {

        public Output {
            thresholds = List.copyOf(thresholds);
        }
    }
}
