package io.floodmark.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where files of this user go, by the habits of the system.
///
/// @param cache what can be made again: programs, templates, throw-away servers
/// @param state what must stay: kept servers
record UserFolders(Path cache, Path state) {
    private static final String NAME = "floodmark";

    static UserFolders current() {
        return of(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                System.getProperty("os.name").startsWith("Mac"));
    }

    static UserFolders of(Map<String, String> environment, Path home, boolean mac) {
        if (ServerAccount.current() == ServerAccount.NOBODY) {
            // The server cannot look into root's home.
            return chosen(environment, Path.of("/var/cache"), Path.of("/var/lib"));
        }
        Path cache = home.resolve(mac ? "Library/Caches" : ".cache");
        Path state = home.resolve(mac ? "Library/Application Support" : ".local/state");
        return chosen(environment, cache, state);
    }

    private static UserFolders chosen(Map<String, String> environment, Path cache, Path state) {
        return new UserFolders(
                chosen(environment, "XDG_CACHE_HOME", cache).resolve(NAME),
                chosen(environment, "XDG_STATE_HOME", state).resolve(NAME));
    }

    private static Path chosen(Map<String, String> environment, String name, Path otherwise) {
        String value = environment.getOrDefault(name, "");
        // The XDG specification says that a relative path is to be ignored.
        return value.startsWith("/") ? Path.of(value) : otherwise;
    }

    /// The cache folder, created; in the system's temporary folder when the home is not writable.
    Path writableCache() throws IOException {
        Path temporary =
                Path.of(System.getProperty("java.io.tmpdir"))
                        .resolve(NAME + "-" + ServerAccount.ownId());
        for (Path candidate : List.of(cache, temporary)) {
            if (usable(candidate)) {
                return candidate.toRealPath();
            }
        }
        throw new LocalServerException(
                "neither %s nor %s is a writable folder of yours; set XDG_CACHE_HOME to one"
                        .formatted(cache, temporary));
    }

    private static boolean usable(Path folder) {
        // The home of an account without an entry in the user list is "?".
        if (!folder.isAbsolute()) {
            return false;
        }
        try {
            FileTrees.createPrivate(folder);
            ServerAccount.current().admit(folder);
            // Programs are run from here: a folder that somebody else prepared is refused.
            Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return Files.isWritable(folder) && owner.equals((int) ServerAccount.ownId());
        } catch (IOException e) {
            return false;
        }
    }
}
