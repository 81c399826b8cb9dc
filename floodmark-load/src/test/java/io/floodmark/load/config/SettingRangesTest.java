package io.floodmark.load.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingRangesTest {

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0} takes {1} and shows {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "port | 1 | 1",
                "port | 65535 | 65535",
                "max-connections | 1 | 1",
                "max-connections | 10000 | 10000",
                "idle-connections | 0 | 0",
                "idle-connections | 50 | 50",
                "min-free-connections | 0 | 0",
                "min-free-connections | 10000 | 10000",
                "rate | 0.000000001 | 0.000000001/s",
                "rate | 10000000 | 10000000/s",
                "rate | 300/s | 300/s",
                "rate | 1k/s | 1000/s",
                "rate | 1.5k | 1500/s",
                "rate | 10M | 10000000/s",
                "rate | 30/m | 0.5/s",
                "rate | 1800 / h | 0.5/s",
                "arrival | constant | constant",
                "arrival | ramp:0..10000000 | ramp:0..10000000",
                "arrival | ramp:1k..0.5 | ramp:1000..0.5",
                "arrival | steps:500ms:0,500ms:1 | steps:500ms:0,500ms:1",
                "duration | 1s | 1s",
                "duration | 7d | 7d",
                "duration | 30 | 30s",
                "duration | 1h30m | 1h30m",
                "duration | 90m | 1h30m",
                "duration | 1.5s | 1s500ms",
                "workers | 1 | 1",
                "workers | 10000 | 10000",
                "queue | 1 | 1",
                "queue | 1000000 | 1000000",
                "queue-policy | wait | wait",
                "queue-policy | skip-late | skip-late",
                "deadline | 1ms | 1ms",
                "deadline | 1h | 1h",
                "deadline | 500ms | 500ms",
                "deadline | none | none",
                "batch-size | 1 | 1",
                "batch-size | 5000 | 5000",
                "read-batch-size | 1 | 1",
                "read-batch-size | 10000 | 10000",
                "mix | insert=100 | insert=100",
                "mix | insert=0,update=0,read=100 | read=100",
                "mix | read=50,transaction=50 | read=50,transaction=50",
                "mix | read=50,lend=50 | lend=50,read=50",
                "contended | 0 | 0",
                "contended | 100 | 100",
                "replica | db2 | db2:5432",
                "schema | bench_1 | bench_1",
                "service | http://127.0.0.1:8080 | http://127.0.0.1:8080",
                "service | https://in.example/shop/ | https://in.example/shop/",
                "batch | 10000 | 10000",
                "users | 1000000 | 1000000",
                "skew | uniform | uniform",
                "skew | zipf:0.99 | zipf:0.99",
                "skew | hot:20%/5 | hot:20/5",
                "invalid | 100 | 100",
                "slow-time | 1m | 1m",
                "acked-file | acked.ndjson | acked.ndjson",
                "mix | single=50,slow=50 | single=50,slow=50",
                "report-interval | 1 | 1",
                "report-interval | 3600 | 3600",
                "table | _a.b$1 | _a.b$1",
                "seed-rows | 0 | 0",
                "seed-rows | 100000000 | 100000000",
                "seed | 9223372036854775807 | 9223372036854775807",
                "host | ::1 | ::1",
                "host | [fe80::1%eth0] | fe80::1%eth0",
                "host | db-1.example.org | db-1.example.org",
                "ssl-mode | verify-full | verify-full",
                "json | false | false",
            })
    void a_value_within_the_limits_is_taken(String name, String text, String shown) {
        Loaded loaded = new Configuring(folder).flag("url", "postgres://").flag(name, text).load();

        assertThat(Configuring.resolved(loaded, name))
                .isEqualTo(new Resolved(name, shown, new Source.Flag(name)));
    }

    @ParameterizedTest(name = "{0} refuses {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "port | 0 | is out of range: 1 to 65,535",
                "port | 65536 | is out of range: 1 to 65,535",
                "max-connections | 0 | is out of range: 1 to 10,000",
                "max-connections | 10001 | is out of range: 1 to 10,000",
                "idle-connections | -1 | is out of range: 0 to 10,000",
                "min-free-connections | -1 | is out of range: 0 to 10,000",
                "min-free-connections | 10001 | is out of range: 0 to 10,000",
                "rate | 0 | is out of range: more than 0 and at most 10,000,000",
                "rate | 10000000.1 | is out of range: more than 0 and at most 10,000,000",
                "rate | 1e3 | is not a rate: expected a number such as 300, 300/s, 20/m or 1k/s",
                "rate | 5/d | is not a rate",
                "arrival | poison | did you mean \"poisson\"?",
                "arrival | ramp:5 | is not a ramp: expected ramp:FROM..TO",
                "arrival | ramp:0..0 | one end must be above 0",
                "arrival | ramp:1..x | has a mistake: the ramp's end is not a rate",
                "arrival | steps:1s:0 | one step must have a rate above 0",
                "arrival | steps:1s:1,2s | is not a list of steps",
                "arrival | steps:999ms:1 | lasts 999ms, but a run lasts 1s to 7d",
                "arrival | steps:4d:1,4d:1 | lasts 8d, but a run lasts 1s to 7d",
                "arrival | steps:1s:-1 | has a mistake: step 1 is out of range",
                "duration | 999ms | is out of range: 1s to 7d",
                "duration | 604801 | is out of range: 1s to 7d",
                "duration | -1s | is out of range: 1s to 7d",
                "duration | 1m1h | is not a length of time",
                "duration | 5 minutes | is not a length of time",
                "workers | 0 | is out of range: 1 to 10,000",
                "workers | 10001 | is out of range: 1 to 10,000",
                "workers | 99999999999999999999 | is out of range: 1 to 10,000",
                "workers | 1.5 | is not a whole number: expected 1 to 10,000",
                "queue | 0 | is out of range: 1 to 1,000,000",
                "queue | 1000001 | is out of range: 1 to 1,000,000",
                "queue-policy | rejct | is not one of reject, wait, skip-late; did you mean",
                "deadline | 999us | is out of range: 1ms to 1h",
                "deadline | 3601s | is out of range: 1ms to 1h",
                "deadline | 500 | has no unit: write 500s or 500ms",
                "batch-size | 0 | is out of range: 1 to 5,000 rows",
                "batch-size | 5001 | is out of range: 1 to 5,000 rows",
                "read-batch-size | 0 | is out of range: 1 to 10,000 rows",
                "read-batch-size | 10001 | is out of range: 1 to 10,000 rows",
                "mix | insert=101 | insert is 101, allowed is 0 to 100 percent",
                "mix | insert=-1,read=101 | insert is -1, allowed is 0 to 100 percent",
                "mix | insert=50,insert=50 | names insert twice",
                "mix | delete=100 | names an unknown kind of operation",
                "mix | lend=50,insert=50 | names kinds of several workloads",
                "schema | pg_own | is not a schema of ours",
                "service | 127.0.0.1:8080 | is not the address of a service",
                "service | http://in.example?key=1 | is not the address of a service",
                "batch | 0 | is out of range: 1 to 10,000 events",
                "skew | zipf:0 | is out of range",
                "skew | hot:0/5 | is out of range",
                "skew | pareto | is not a skew",
                "invalid | 101 | is out of range: 0 to 100 percent",
                "slow-time | 2m | is out of range",
                "replica | h:70000 | is out of range",
                "mix | insert | is not a mix",
                "mix | insert=63,update=27,read=11 | 63 + 27 + 11 = 101",
                "report-interval | 0 | is out of range: 1 to 3,600 seconds",
                "report-interval | 3601 | is out of range: 1 to 3,600 seconds",
                "table | 1a | is not a table name",
                "table | a.b.c | is not a table name",
                "table | a; drop | is not a table name",
                "seed-rows | -1 | is out of range: 0 to 100,000,000 rows",
                "seed-rows | 100000001 | is out of range: 0 to 100,000,000 rows",
                "seed | 9223372036854775808 | is out of range: any whole number of 64 bits",
                "host | localhost:5432 | contains a port",
                "host | a b | is not a host",
                "ssl-mode | on | is not one of disable, allow, prefer, require, verify-ca",
                "json | maybe | is not a switch: expected true or false",
                "workload | Table! | is not a workload",
                "user | '' | is not a role: expected 1 to 63 bytes",
                "out | '' | is not a folder",
            })
    void a_value_beyond_the_limits_is_refused(String name, String text, String complaint) {
        List<String> lines = new Configuring(folder).flag(name, text).refusal();

        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .startsWith(name + ": \"" + text + "\" from flag --" + name + " ")
                .contains(complaint);
    }

    @Test
    void names_have_at_most_63_bytes() {
        String longest = "a".repeat(63);

        RunConfig config =
                new Configuring(folder)
                        .flag("table", longest + "." + longest)
                        .flag("database", longest)
                        .config();

        assertThat(config.data().table()).hasSize(127);
        assertThat(new Configuring(folder).flag("table", longest + "a").refusal()).hasSize(1);
        assertThat(new Configuring(folder).flag("database", longest + "a").refusal()).hasSize(1);
    }

    @Test
    void fixed_defaults_and_names_are_well_formed() {
        assertThat(Settings.ALL)
                .allSatisfy(setting -> {
                    assertThat(setting.name()).matches("[a-z]+(-[a-z]+)*");
                    assertThat(setting.description()).isNotBlank();
                    assertThat(setting.range()).isNotBlank();
                    assertThat(setting.fallback().words()).isNotBlank();
                    assertThat(setting.environment())
                            .allMatch(name -> name.equals(name.toUpperCase(Locale.ROOT)));
                });
        assertThat(Settings.names()).doesNotHaveDuplicates();
        assertThat(Settings.variables()).doesNotHaveDuplicates();
    }
}
