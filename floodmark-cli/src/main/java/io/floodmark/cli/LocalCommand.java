package io.floodmark.cli;

import io.floodmark.local.LocalCluster;
import io.floodmark.local.LocalServerException;
import io.floodmark.local.ServerState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `floodmark local`: a PostgreSQL 18 server on this machine, kept between commands.
///
/// Exit codes: 0 done, 1 not possible, with one line on standard error that says why.
@Command(
        name = "local",
        description = "Runs a real, durable PostgreSQL 18 on this machine, kept between commands.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = LocalCommand.FAILED,
        subcommands = {
            LocalCommand.Up.class,
            LocalCommand.Status.class,
            LocalCommand.PsqlUrl.class,
            LocalCommand.Env.class,
            LocalCommand.Down.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  floodmark local up               start it (the first time: make it)",
            "  floodmark local up --replica     with a streaming replica",
            "  psql \"$(floodmark local psql-url)\"",
            "  eval \"$(floodmark local env)\"    for programs that take JDBC URLs",
            "  floodmark local status --json",
            "  floodmark local down             stop it, keep the data",
            "  floodmark local down --remove    stop it and delete the data"
        })
public final class LocalCommand implements Callable<Integer> {
    /// Not possible, or a wrong use.
    static final int FAILED = 1;

    // Picocli replaces the fields with annotations before it calls a command.
    @Spec private CommandSpec spec = CommandSpec.create();

    /// Made by picocli.
    public LocalCommand() {}

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "local needs a command: up, status, psql-url, env or down");
    }

    /// What all subcommands share: the folder, the streams, and errors as one line.
    static final class Shared {
        @Option(
                names = "--folder",
                paramLabel = "DIR",
                description = "Where the server's files are (default: your state folder).")
        private String folder = "";

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec = CommandSpec.create();

        LocalCluster cluster() {
            return folder.isEmpty() ? LocalCluster.ofUser() : LocalCluster.in(Path.of(folder));
        }

        PrintWriter out() {
            return spec.commandLine().getOut();
        }

        void progress(String line) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(line);
            err.flush();
        }

        int run(Callable<Integer> work) throws Exception {
            try {
                return work.call();
            } catch (LocalServerException e) {
                progress("floodmark: " + e.getMessage());
                return FAILED;
            } finally {
                out().flush();
            }
        }
    }

    @Command(
            name = "up",
            description =
                    "Starts the server, making it the first time; it stays after the command.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = LocalCommand.FAILED,
            footerHeading = "%nExamples:%n",
            footer = {"  floodmark local up", "  floodmark local up --replica"})
    static final class Up implements Callable<Integer> {
        @Mixin private Shared shared = new Shared();

        @Option(
                names = "--replica",
                description = "Also make and start a streaming, read-only replica.")
        private boolean replica;

        @Override
        public Integer call() throws Exception {
            return shared.run(this::up);
        }

        private int up() {
            LocalCluster cluster = shared.cluster();
            shared.progress("starting PostgreSQL 18 ...");
            boolean changed = cluster.up(replica);
            shared.progress(changed ? "started" : "already running, nothing to do");
            shared.out().print(LocalStatusText.of(cluster.status()));
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(
            name = "status",
            description = "Tells whether the server runs, where, its size and the replica's lag.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = LocalCommand.FAILED,
            footerHeading = "%nExamples:%n",
            footer = {"  floodmark local status", "  floodmark local status --json"})
    static final class Status implements Callable<Integer> {
        @Mixin private Shared shared = new Shared();

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call() throws Exception {
            return shared.run(this::status);
        }

        private int status() throws Exception {
            LocalCluster.Status status = shared.cluster().status();
            shared.out()
                    .print(json ? LocalStatusJson.of(status) + "\n" : LocalStatusText.of(status));
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(
            name = "psql-url",
            description =
                    "Prints the server's URL, with its password, for psql and other programs.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = LocalCommand.FAILED,
            footerHeading = "%nExamples:%n",
            footer = {
                "  psql \"$(floodmark local psql-url)\"",
                "  psql \"$(floodmark local psql-url --replica)\""
            })
    static final class PsqlUrl implements Callable<Integer> {
        @Mixin private Shared shared = new Shared();

        @Option(names = "--replica", description = "The replica's URL instead.")
        private boolean replica;

        @Override
        public Integer call() throws Exception {
            return shared.run(this::print);
        }

        private int print() {
            LocalCluster.Status status = shared.cluster().status();
            String which = replica ? "replica" : "server";
            return switch (replica ? status.replica() : status.primary()) {
                case ServerState.Running running -> {
                    shared.out().println(running.address().libpqUri());
                    yield CommandLine.ExitCode.OK;
                }
                case ServerState.Stopped _ ->
                        refuse("the local " + which + " is stopped; start it: " + start());
                case ServerState.Absent _ ->
                        refuse("there is no local " + which + " yet; make it: " + start());
            };
        }

        private String start() {
            return replica ? "floodmark local up --replica" : "floodmark local up";
        }

        private int refuse(String reason) {
            shared.progress("floodmark: " + reason);
            return FAILED;
        }
    }

    @Command(
            name = "env",
            description = {
                "Prints shell commands that set PRIMARY_URL and, if there is a replica, REPLICA_URL",
                "(JDBC URLs without credentials), STORE_USER and STORE_PASSWORD."
            },
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = LocalCommand.FAILED,
            footerHeading = "%nExamples:%n",
            footer = "  eval \"$(floodmark local env)\"")
    static final class Env implements Callable<Integer> {
        @Mixin private Shared shared = new Shared();

        @Override
        public Integer call() throws Exception {
            return shared.run(this::print);
        }

        private int print() {
            LocalCluster.Status status = shared.cluster().status();
            if (!(status.primary() instanceof ServerState.Running primary)) {
                shared.progress("floodmark: no local server runs; start it: floodmark local up");
                return FAILED;
            }
            export("PRIMARY_URL", primary.address().url());
            if (status.replica() instanceof ServerState.Running copy) {
                export("REPLICA_URL", copy.address().url());
            }
            export("STORE_USER", primary.address().user());
            export("STORE_PASSWORD", primary.address().password());
            return CommandLine.ExitCode.OK;
        }

        /// The values need no escape: addresses of this machine, and a password of letters.
        private void export(String name, String value) {
            shared.out().println("export " + name + "='" + value + "'");
        }
    }

    @Command(
            name = "down",
            description =
                    "Stops the server and its replica; the data stays unless --remove is given.",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = LocalCommand.FAILED,
            footerHeading = "%nExamples:%n",
            footer = {"  floodmark local down", "  floodmark local down --remove"})
    static final class Down implements Callable<Integer> {
        @Mixin private Shared shared = new Shared();

        @Option(names = "--remove", description = "Delete all data too.")
        private boolean remove;

        @Override
        public Integer call() throws Exception {
            return shared.run(this::down);
        }

        private int down() {
            LocalCluster cluster = shared.cluster();
            if (remove) {
                shared.progress(cluster.remove() ? "stopped and removed" : "nothing to remove");
            } else {
                shared.progress(cluster.down() ? "stopped" : "nothing was running");
            }
            return CommandLine.ExitCode.OK;
        }
    }
}
