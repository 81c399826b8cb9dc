package io.floodmark.cli;

import io.floodmark.console.terminal.SummaryText;
import io.floodmark.load.config.ConfigPrinter;
import io.floodmark.load.config.ConfigurationException;
import io.floodmark.load.config.Loaded;
import io.floodmark.load.config.RunConfig;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.output.RunFolder;
import io.floodmark.load.output.SummaryJson;
import io.floodmark.load.postgres.ServerFacts;
import io.floodmark.load.preflight.Outcome;
import io.floodmark.load.preflight.Preflight;
import io.floodmark.load.preflight.PreflightReport;
import io.floodmark.load.record.RunInfo;
import io.floodmark.load.record.RunObserver;
import io.floodmark.load.record.RunResult;
import io.floodmark.load.record.Verdict;
import io.floodmark.load.run.LoadRun;
import io.floodmark.load.run.RunRequest;
import io.floodmark.load.time.SystemTime;
import io.floodmark.load.workload.DatabaseWorkload;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `floodmark run`: an honest load test of a PostgreSQL server.
final class RunCommand implements SettingCommand.Action {

    private static final String PRINT_CONFIG = "--print-config";
    private static final String METRICS_PORT = "--metrics-port";
    private static final int REFUSED = 5;
    private static final int INCOMPLETE_FILES = 1;

    private final Console console;
    private final RunControl control = new RunControl();
    private OptionalInt metricsPort = OptionalInt.empty();

    RunCommand(Console console) {
        this.console = console;
    }

    CommandSpec spec() {
        CommandSpec spec =
                SettingCommand.spec(
                        this,
                        "run",
                        "Loads a PostgreSQL server and reports what it did, with every due arrival accounted"
                                + " for. Without a server it starts a private one.",
                        "Settings come from options, environment [in brackets], .env, the scenario, and"
                                + " defaults, in this order.",
                        "",
                        "Examples:",
                        "  floodmark run",
                        "  floodmark run --rate 2000/s --duration 5m --threshold 'response:p99<50ms'",
                        "  floodmark run --arrival ramp:100..3000 --queue-policy wait --deadline none",
                        "  floodmark run --arrival closed --workers 8 --mix read=100",
                        "  floodmark run --contended 50 --threshold 'conflicted:rate<1%%'",
                        "  floodmark run --workload table --batch-size 100",
                        "  floodmark run --workload ingest --batch 100 --rate 200/s",
                        "  floodmark run --workload ingest --service http://127.0.0.1:8080 --scenario spike",
                        "  DB_PASSWORD=... floodmark run --url postgresql://app@db.example/bench --keep",
                        "  floodmark run --scenario peak.yaml --print-config",
                        "",
                        "Exit codes: 0 pass, 1 setup or usage, 2 aborted, 3 SLO missed, 4 result invalid,",
                        "            5 preflight refused, 130 interrupted (results are still written)");
        spec.addOption(
                OptionSpec.builder(PRINT_CONFIG)
                        .type(boolean.class)
                        .arity("0")
                        .description("show every setting with its source, and do nothing")
                        .build());
        spec.addOption(
                OptionSpec.builder(METRICS_PORT)
                        .type(Integer.class)
                        .paramLabel("PORT")
                        .description(
                                "serve the run to Prometheus while it lasts, at http://127.0.0.1:PORT/metrics; 0 for any port")
                        .build());
        return spec;
    }

    @Override
    public int run(Loaded loaded, ParseResult parsed) throws Exception {
        if (parsed.hasMatchedOption(PRINT_CONFIG)) {
            boolean json = loaded.config().output().json();
            console.out()
                    .print(json ? ConfigPrinter.json(loaded) + "\n" : ConfigPrinter.text(loaded));
            return 0;
        }
        loaded.notices().forEach(console::progress);
        Integer port = parsed.matchedOptionValue(METRICS_PORT, null);
        metricsPort = port == null ? OptionalInt.empty() : OptionalInt.of(port);
        RunFolder.checkWritable(loaded.config().output().folder());
        Interruption.stops(control, console);
        try (TargetServer server = TargetServer.of(loaded.config(), console::progress)) {
            return load(loaded, server);
        }
    }

    private int load(Loaded loaded, TargetServer server) throws Exception {
        RunSetup setup = new RunSetup(loaded, server, control);
        String id = RunNames.next(SystemTime.INSTANCE.now(), loaded.config().load().seed());
        try (DatabaseWorkload workload = setup.workload(id)) {
            if (setup.loadsDatabase() && refused(setup, workload)) {
                return REFUSED;
            }
            workload.prepare(console::progress);
            if (control.requested().isPresent()) {
                return stoppedBeforeTheLoad(control.requested().get());
            }
            return run(setup, workload, setup.info(workload, id));
        } finally {
            control.drainNotices().forEach(console::progress);
        }
    }

    private boolean refused(RunSetup setup, DatabaseWorkload workload) {
        PreflightReport report =
                Preflight.check(
                        setup.server().target(),
                        PreflightPlans.of(setup.loaded().config(), workload, setup.server()));
        if (report.refused()) {
            report.with(Outcome.REFUSE).forEach(check -> console.progress(check.toText()));
            console.progress("refused; floodmark doctor shows all checks");
            return true;
        }
        report.remarks().forEach(check -> console.progress(check.toText()));
        return false;
    }

    private int stoppedBeforeTheLoad(RunControl.Stop stop) {
        return switch (stop) {
            case RunControl.Stop.Interrupted() -> {
                console.progress("interrupted before the load began; nothing to report");
                yield Verdict.INTERRUPTED.exitCode();
            }
            case RunControl.Stop.Aborted(String reason) -> {
                console.progress(reason);
                yield Verdict.ABORTED.exitCode();
            }
        };
    }

    private int run(RunSetup setup, DatabaseWorkload workload, RunInfo info) {
        RunConfig config = setup.loaded().config();
        SortedMap<String, String> facts =
                setup.server().database().map(ServerFacts::read).orElseGet(TreeMap::new);
        RunFolder folder = RunFolder.create(config.output().folder(), info, facts);
        RunRequest request =
                new RunRequest(
                        info,
                        setup.plan(),
                        workload,
                        config.output().thresholds(),
                        config.load().calibrate());
        RunResult result;
        try (Outputs outputs =
                Outputs.of(console, folder, facts, config.output().reportInterval(), metrics())) {
            result =
                    new LoadRun(SystemTime.INSTANCE, request, control)
                            .run(outputs.observers(), outputs.distributions());
        }
        return report(config, folder, result);
    }

    private Optional<RunObserver> metrics() {
        if (metricsPort.isEmpty()) {
            return Optional.empty();
        }
        try {
            MetricsEndpoint endpoint = MetricsEndpoint.start(metricsPort.getAsInt());
            console.progress("metrics at http://127.0.0.1:%d/metrics".formatted(endpoint.port()));
            return Optional.of(endpoint);
        } catch (RuntimeException e) {
            throw new ConfigurationException(
                    List.of(
                            "%s %d cannot be used: %s"
                                    .formatted(
                                            METRICS_PORT, metricsPort.getAsInt(), e.getMessage())));
        }
    }

    private int report(RunConfig config, RunFolder folder, RunResult result) {
        console.out()
                .println(
                        config.output().json()
                                ? SummaryJson.of(result).toString()
                                : SummaryText.of(result, folder.path().toString()));
        folder.problem().ifPresent(problem -> console.progress("floodmark: " + problem));
        return folder.problem().isPresent() && result.verdict() == Verdict.PASS
                ? INCOMPLETE_FILES
                : result.verdict().exitCode();
    }
}
