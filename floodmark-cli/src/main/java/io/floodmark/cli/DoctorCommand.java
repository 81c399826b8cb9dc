package io.floodmark.cli;

import io.floodmark.load.config.Loaded;
import io.floodmark.load.engine.RunControl;
import io.floodmark.load.preflight.Preflight;
import io.floodmark.load.preflight.PreflightReport;
import io.floodmark.load.workload.DatabaseWorkload;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `floodmark doctor`: the checks that a run makes before it starts, alone.
final class DoctorCommand implements SettingCommand.Action {

    private static final int REFUSED = 5;

    private final Console console;

    DoctorCommand(Console console) {
        this.console = console;
    }

    CommandSpec spec() {
        return SettingCommand.spec(
                this,
                "doctor",
                "Checks whether a run with these settings is safe for the server, and changes nothing.",
                "Examples:",
                "  floodmark doctor                     checks that a private server works here",
                "  floodmark doctor --url postgresql://app@db.example/bench --workers 200",
                "  floodmark doctor --json",
                "",
                "Exit codes: 0 safe, 1 setup or usage, 5 refused");
    }

    @Override
    public int run(Loaded loaded, ParseResult parsed) {
        loaded.notices().forEach(console::progress);
        if (loaded.config().ingest().service().isPresent()) {
            console.progress(
                    "a running service is loaded; there is nothing of its database to check");
            return 0;
        }
        try (TargetServer server = TargetServer.of(loaded.config(), console::progress)) {
            PreflightReport report = check(loaded, server);
            if (loaded.config().output().json()) {
                console.out().println(PreflightJson.of(report));
            } else {
                console.out().print(report.toText());
            }
            return report.refused() ? REFUSED : 0;
        }
    }

    private static PreflightReport check(Loaded loaded, TargetServer server) {
        RunSetup setup = new RunSetup(loaded, server, new RunControl());
        try (DatabaseWorkload workload = setup.workload("doctor")) {
            return Preflight.check(
                    server.target(), PreflightPlans.of(loaded.config(), workload, server));
        }
    }
}
