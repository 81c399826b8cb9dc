package io.floodmark.local;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The account under which PostgreSQL programs run: they refuse to run as root.
enum ServerAccount {
    /// The caller's own account.
    SELF,
    /// Root inside a user namespace without mapping: not uid 0 for the program, root for the files.
    USER_NAMESPACE,
    /// The account `nobody`, where namespaces are forbidden, as in most containers.
    NOBODY;

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(10);
    private static final int NOBODY_ID = 65534;

    /// The account for this process, found once.
    static ServerAccount current() {
        return Holder.CURRENT;
    }

    /// The command line that runs the program under this account.
    List<String> command(List<String> program) {
        var command = new ArrayList<>(prefix());
        command.addAll(program);
        return command;
    }

    private List<String> prefix() {
        return switch (this) {
            case SELF -> List.of();
            case USER_NAMESPACE -> List.of("unshare", "-U", "--");
            case NOBODY -> {
                String id = Integer.toString(NOBODY_ID);
                yield List.of("setpriv", "--reuid", id, "--regid", id, "--clear-groups", "--");
            }
        };
    }

    /// Gives the tree to this account, when that is not the one that created it.
    void own(Path tree) throws IOException {
        if (this != NOBODY) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(tree)) {
            all = files.toList();
        }
        for (Path file : all) {
            Files.setAttribute(file, "unix:uid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", NOBODY_ID, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /// Lets this account pass through the caller's folder to what lies in it.
    void admit(Path folder) throws IOException {
        if (this == NOBODY) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        }
    }

    /// Number of the account that runs this JVM.
    static long ownId() {
        return new UnixSystem().getUid();
    }

    private static ServerAccount detect() {
        if (ownId() != 0) {
            return SELF;
        }
        for (ServerAccount account : List.of(USER_NAMESPACE, NOBODY)) {
            if (account.works()) {
                return account;
            }
        }
        throw new LocalServerException(
                "PostgreSQL refuses to run as root, and here neither `unshare -U` nor"
                        + " `setpriv --reuid=65534` is permitted; run floodmark as an ordinary user");
    }

    private boolean works() {
        try {
            return Program.run(command(List.of("true")), "", PROBE_TIMEOUT).succeeded();
        } catch (IOException e) {
            // The program of this account is not installed: the next one is tried.
            return false;
        }
    }

    private static final class Holder {
        private static final ServerAccount CURRENT = detect();
    }
}
