package io.floodmark.load.config;

import io.floodmark.load.config.Numbers.Seed;
import io.floodmark.load.config.Numbers.Whole;
import io.floodmark.load.config.Setting.Use;
import io.floodmark.load.config.Texts.Choice;
import io.floodmark.load.config.Texts.Matching;
import io.floodmark.load.config.Texts.ServerName;
import io.floodmark.load.config.Texts.Switch;
import io.floodmark.load.engine.QueuePolicy;
import io.floodmark.load.postgres.Password;
import io.floodmark.load.postgres.SslMode;
import io.floodmark.load.threshold.Threshold;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Everything that can be set. A new setting is a constant here, a place in [#ALL] and a field in
/// [RunConfig]; flags, environment, files, help and printed forms follow by themselves.
public final class Settings {

    public static final Setting<DatabaseUrl> URL =
            Setting.of("url", "address of the server to load", new DatabaseUrlGrammar())
                    .derived("none: the embedded server")
                    .environment("DATABASE_URL");
    public static final Setting<String> HOST =
            Setting.of("host", "host of the server to load", new Texts.Host())
                    .derived("127.0.0.1; the embedded server when no server is named")
                    .environment("DB_HOST");
    public static final Setting<Integer> PORT =
            Setting.of("port", "port of the server", new Whole(1, 65_535, ""))
                    .derived("5432")
                    .environment("DB_PORT");
    public static final Setting<String> USER =
            Setting.of("user", "role to log in as", new ServerName("a role"))
                    .derived("the system's user, or postgres")
                    .environment("DB_USER");
    public static final Setting<Password> PASSWORD =
            Setting.of("password", "password of the role", new Texts.PasswordText())
                    .use(Use.SECRET)
                    .environment("DB_PASSWORD");
    public static final Setting<String> DATABASE =
            Setting.of("database", "database to load", new ServerName("a database"))
                    .derived("same as user")
                    .environment("DB_NAME");
    public static final Setting<SslMode> SSL_MODE =
            Setting.of("ssl-mode", "how far to insist on TLS", choice(SslMode.values()))
                    .fallback("prefer")
                    .environment("DB_SSL_MODE");

    public static final Setting<Integer> MAX_CONNECTIONS =
            Setting.of("max-connections", "most connections of ours", new Whole(1, 10_000, ""))
                    .derived("same as workers")
                    .environment("DB_MAX_OPEN_CONNS");
    public static final Setting<Integer> IDLE_CONNECTIONS =
            Setting.of("idle-connections", "connections kept open", new Whole(0, 10_000, ""))
                    .derived("same as max-connections")
                    .environment("DB_MAX_IDLE_CONNS");
    public static final Setting<Integer> MIN_FREE_CONNECTIONS =
            Setting.of(
                            "min-free-connections",
                            "connections of the server left to others",
                            new Whole(0, 10_000, ""))
                    .fallback("5")
                    .environment("DB_MIN_FREE_CONNS");

    public static final Setting<String> WORKLOAD =
            Setting.of(
                            "workload",
                            "what the operations do",
                            new Matching(
                                    Pattern.compile("[a-z][a-z0-9-]{0,39}"),
                                    "a workload",
                                    "a name such as events, ingest or table"))
                    .derived("events; another when a setting of that one alone is given");
    public static final Setting<Double> RATE =
            Setting.of("rate", "operations that fall due per second", new Rates())
                    .fallback("300")
                    .environment("RATE");
    public static final Setting<ArrivalText> ARRIVAL =
            Setting.of("arrival", "when operations fall due", new Arrivals()).fallback("poisson");
    public static final Setting<Duration> DURATION =
            Setting.of("duration", "length of the run", Durations.OF_RUN)
                    .fallback("30s")
                    .environment("TEST_RUN_DURATION");
    public static final Setting<Integer> WORKERS =
            Setting.of("workers", "operations in flight at most", new Whole(1, 10_000, ""))
                    .fallback("50")
                    .environment("CONCURRENT_WRITERS");
    public static final Setting<Integer> QUEUE =
            Setting.of("queue", "arrivals that may wait for a worker", new Whole(1, 1_000_000, ""))
                    .fallback("100");
    public static final Setting<QueuePolicy> QUEUE_POLICY =
            Setting.of(
                            "queue-policy",
                            "what happens when workers fall behind",
                            choice(QueuePolicy.values()))
                    .fallback("reject");
    public static final Setting<Optional<Duration>> DEADLINE =
            Setting.of(
                            "deadline",
                            "an operation is given up so long after it fell due",
                            new Durations.OrNone(
                                    new Durations(
                                            Duration.ofMillis(1), Duration.ofHours(1), false)))
                    .fallback("1s");
    public static final Setting<Long> SEED =
            Setting.of("seed", "seed of arrivals, mix and data", new Seed())
                    .derived("random, shown in the result");
    public static final Setting<Boolean> CALIBRATE =
            Setting.of("calibrate", "measure the generator's own limit first", new Switch())
                    .use(Use.SWITCH)
                    .fallback("true");

    public static final Setting<Integer> BATCH_SIZE =
            Setting.of(
                            "batch-size",
                            "table: rows of one insert or update",
                            new Whole(1, 5_000, "rows"))
                    .fallback("10")
                    .environment("BATCH_SIZE");
    public static final Setting<Integer> READ_BATCH_SIZE =
            Setting.of("read-batch-size", "table: rows of one read", new Whole(1, 10_000, "rows"))
                    .fallback("10")
                    .environment("READ_BATCH_SIZE");
    public static final Setting<Mix> MIX =
            Setting.of("mix", "kinds of operation in percent", new MixGrammar())
                    .derived(
                            Arrays.stream(WorkloadKinds.values())
                                    .map(one -> one.usualMix() + " (" + one.label() + ")")
                                    .collect(Collectors.joining(" or ")))
                    .environment("INSERT_PERCENT", "UPDATE_PERCENT", "READ_PERCENT");
    public static final Setting<String> TABLE =
            Setting.of("table", "table: its name", new Texts.TableName())
                    .fallback("load_test_data")
                    .environment("TABLE_NAME");
    public static final Setting<Integer> SEED_ROWS =
            Setting.of(
                            "seed-rows",
                            "table: rows put into it before the run",
                            new Whole(0, 100_000_000, "rows"))
                    .fallback("10000");
    public static final Setting<Boolean> DROP =
            Setting.of(
                            "drop",
                            "drop the table after the run, also one that an earlier run kept",
                            new Switch())
                    .use(Use.SWITCH)
                    .fallback("true");
    public static final Setting<Boolean> KEEP =
            Setting.of(
                            "keep",
                            "keep the table after the run; later ones drop it with --drop only",
                            new Switch())
                    .use(Use.SWITCH)
                    .fallback("false");

    public static final Setting<Integer> BOOKS =
            Setting.of("books", "events: copies in the library", new Whole(1, 10_000_000, ""))
                    .fallback("20000");
    public static final Setting<Integer> READERS =
            Setting.of("readers", "events: readers of the library", new Whole(1, 10_000_000, ""))
                    .fallback("5000");
    public static final Setting<Integer> LOAN_LIMIT =
            Setting.of(
                            "loan-limit",
                            "events: books that a reader may hold",
                            new Whole(1, 1_000, ""))
                    .fallback("10");
    public static final Setting<Integer> CONTENDED =
            Setting.of(
                            "contended",
                            "events: operations on hot books and readers",
                            new Whole(0, 100, "percent"))
                    .fallback("10");
    public static final Setting<Integer> HOT_SET =
            Setting.of(
                            "hot-set",
                            "events: books, and readers, that are hot at a time",
                            new Whole(1, 10_000, ""))
                    .fallback("4");
    public static final Setting<Integer> CONFLICT_RETRIES =
            Setting.of(
                            "conflict-retries",
                            "events: new decisions of an operation after conflicts",
                            new Whole(0, 100, ""))
                    .fallback("5");
    public static final Setting<ReadFrom> READ_FROM =
            Setting.of(
                            "read-from",
                            "events: server that answers the operation read",
                            new Choice<>(List.of(ReadFrom.values()), ReadFrom::label))
                    .fallback("primary");
    public static final Setting<HostAndPort> REPLICA =
            Setting.of("replica", "events: replica of the server, for reads", new ServerAddress())
                    .derived("none; of the private server its own")
                    .environment("DB_REPLICA");
    public static final Setting<String> SCHEMA =
            Setting.of(
                            "schema",
                            "events, ingest: schema of the tables",
                            new Matching(
                                    Pattern.compile("(?!pg_)[a-z_][a-z0-9_]{0,40}"),
                                    "a schema of ours",
                                    "1 to 41 of a-z 0-9 _, not beginning with a digit or pg_"))
                    .fallback("floodmark_load");

    public static final Setting<URI> SERVICE =
            Setting.of("service", "ingest: a running service to load", new ServiceUrl())
                    .derived("none: one is started beside the database")
                    .environment("INGEST_URL");
    public static final Setting<Password> API_KEY =
            Setting.of("api-key", "ingest: key of the running service", new Texts.PasswordText())
                    .use(Use.SECRET)
                    .environment("INGEST_API_KEY");
    public static final Setting<Integer> BATCH =
            Setting.of("batch", "ingest: events in a batch", new Whole(1, 10_000, "events"))
                    .fallback("100");
    public static final Setting<Integer> USERS =
            Setting.of("users", "ingest: users, each with sessions", new Whole(1, 1_000_000, ""))
                    .fallback("10000");
    public static final Setting<Skew> SKEW =
            Setting.of("skew", "ingest: how unevenly events fall on users", new SkewGrammar())
                    .fallback("zipf:1");
    public static final Setting<Integer> INVALID =
            Setting.of(
                            "invalid",
                            "ingest: events with a mistake, which must be rejected",
                            new Whole(0, 100, "percent"))
                    .fallback("0");
    public static final Setting<Boolean> GZIP =
            Setting.of("gzip", "ingest: compress what is sent", new Switch())
                    .use(Use.SWITCH)
                    .fallback("false");
    public static final Setting<Duration> SLOW_TIME =
            Setting.of(
                            "slow-time",
                            "ingest: how long a slow client sends one request",
                            new Durations(Duration.ofMillis(1), Duration.ofMinutes(1), false))
                    .fallback("500ms");
    public static final Setting<Path> ACKED_FILE =
            Setting.of("acked-file", "ingest: file for acknowledged ids", new Texts.NewFile())
                    .derived("none");

    public static final Setting<Path> OUT =
            Setting.of("out", "folder of the run folders", new Texts.Folder())
                    .fallback("floodmark-runs");
    public static final Setting<Threshold> THRESHOLD =
            Setting.of("threshold", "objective; may be given several times", new Texts.Objective())
                    .use(Use.LIST);
    public static final Setting<Boolean> JSON =
            Setting.of("json", "print the result as JSON", new Switch())
                    .use(Use.SWITCH)
                    .fallback("false");
    public static final Setting<Integer> REPORT_INTERVAL =
            Setting.of(
                            "report-interval",
                            "seconds between plain progress lines",
                            new Whole(1, 3_600, "seconds"))
                    .fallback("1")
                    .environment("REPORT_INTERVAL");
    public static final Setting<Boolean> YES =
            Setting.of("yes", "load a database that is not empty or not ours", new Switch())
                    .use(Use.SWITCH)
                    .fallback("false");

    /// Every setting, in the order in which it is shown.
    public static final List<Setting<?>> ALL =
            List.of(
                    URL,
                    HOST,
                    PORT,
                    USER,
                    PASSWORD,
                    DATABASE,
                    SSL_MODE,
                    MAX_CONNECTIONS,
                    IDLE_CONNECTIONS,
                    MIN_FREE_CONNECTIONS,
                    WORKLOAD,
                    RATE,
                    ARRIVAL,
                    DURATION,
                    WORKERS,
                    QUEUE,
                    QUEUE_POLICY,
                    DEADLINE,
                    SEED,
                    CALIBRATE,
                    BATCH_SIZE,
                    READ_BATCH_SIZE,
                    MIX,
                    TABLE,
                    SEED_ROWS,
                    BOOKS,
                    READERS,
                    LOAN_LIMIT,
                    CONTENDED,
                    HOT_SET,
                    CONFLICT_RETRIES,
                    READ_FROM,
                    REPLICA,
                    SCHEMA,
                    SERVICE,
                    API_KEY,
                    BATCH,
                    USERS,
                    SKEW,
                    INVALID,
                    GZIP,
                    SLOW_TIME,
                    ACKED_FILE,
                    DROP,
                    KEEP,
                    OUT,
                    THRESHOLD,
                    JSON,
                    REPORT_INTERVAL,
                    YES);

    private Settings() {}

    /// The setting of that name.
    public static Optional<Setting<?>> find(String name) {
        return ALL.stream().<Setting<?>>map(s -> s).filter(s -> s.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().<String>map(Setting::name).toList();
    }

    /// Every environment variable that sets something.
    static List<String> variables() {
        return ALL.stream().flatMap(setting -> setting.environment().stream()).toList();
    }

    private static Choice<SslMode> choice(SslMode[] modes) {
        return new Choice<>(List.of(modes), SslMode::label);
    }

    private static Choice<QueuePolicy> choice(QueuePolicy[] policies) {
        return new Choice<>(List.of(policies), QueuePolicy::label);
    }
}
