package io.floodmark.store.postgres.tune;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// Changes of one server with what was there before, as they are kept in a file, which is on disk
/// before the first change is made.
///
/// @param server where they were made
/// @param changes in the order in which they were made
public record SavedChanges(ServerIdentity server, List<Change> changes) {

    private static final String FORMAT = "floodmark store tune 1";
    private static final int CHANGES_MAX = 1_000_000;

    /// Copies the list.
    public SavedChanges {
        changes = List.copyOf(changes);
    }

    /// Writes a new file, durably.
    ///
    /// @throws TuningException when there is one already, or it cannot be written
    void write(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            out.write(text().getBytes(StandardCharsets.UTF_8));
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new TuningException(
                    file
                            + " exists: it keeps the values from before an earlier --apply; restore"
                            + " them with --revert first, or name another file with --saved",
                    e);
        } catch (IOException e) {
            throw new TuningException(
                    "nothing was changed, because the former values cannot be saved in "
                            + file
                            + " ("
                            + e
                            + "); name another file with --saved",
                    e);
        }
    }

    private String text() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("format", FORMAT);
        properties.setProperty("system", server.system());
        properties.setProperty("port", Integer.toString(server.port()));
        properties.setProperty("database", server.database());
        properties.setProperty("changes", Integer.toString(changes.size()));
        for (int i = 0; i < changes.size(); i++) {
            put(properties, i + ".", changes.get(i));
        }
        StringWriter text = new StringWriter();
        properties.store(text, "floodmark store tune --revert restores these values");
        return text.toString();
    }

    private static void put(Properties properties, String at, Change change) {
        switch (change) {
            case Change.SystemSetting setting ->
                    properties.setProperty(at + "setting", setting.setting());
            case Change.TableParameter parameter -> {
                properties.setProperty(at + "table", parameter.table());
                properties.setProperty(at + "parameter", parameter.parameter());
            }
        }
        properties.setProperty(at + "value", change.value());
        if (change.before() instanceof Before.Value(String former)) {
            properties.setProperty(at + "before", former);
        }
    }

    /// Reads a file.
    ///
    /// @throws TuningException when there is none or it is damaged
    public static SavedChanges read(Path file) {
        if (!Files.exists(file)) {
            throw new TuningException(
                    "there is no "
                            + file
                            + ": nothing was applied from here, or it is reverted; name the file"
                            + " that --apply printed with --saved");
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(new java.io.InputStreamReader(in, StandardCharsets.UTF_8));
            return parse(properties);
        } catch (IOException | IllegalArgumentException e) {
            throw new TuningException(
                    file + " cannot be read or is damaged (" + e.getMessage() + ")", e);
        }
    }

    private static SavedChanges parse(Properties properties) {
        if (!required(properties, "format").equals(FORMAT)) {
            throw new IllegalArgumentException("the format is not '" + FORMAT + "'");
        }
        int count = Integer.parseInt(required(properties, "changes"));
        if (count < 0 || count > CHANGES_MAX) {
            throw new IllegalArgumentException("changes must be in 0.." + CHANGES_MAX);
        }
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(change(properties, i + "."));
        }
        ServerIdentity server =
                new ServerIdentity(
                        required(properties, "system"),
                        Integer.parseInt(required(properties, "port")),
                        required(properties, "database"));
        return new SavedChanges(server, changes);
    }

    private static Change change(Properties properties, String at) {
        Before before =
                optional(properties, at + "before")
                        .<Before>map(Before.Value::new)
                        .orElse(new Before.Unset());
        String value = required(properties, at + "value");
        return optional(properties, at + "setting")
                .<Change>map(setting -> new Change.SystemSetting(setting, value, before))
                .orElseGet(() ->
                        new Change.TableParameter(
                                required(properties, at + "table"),
                                required(properties, at + "parameter"),
                                value,
                                before));
    }

    private static String required(Properties properties, String key) {
        return optional(properties, key)
                .orElseThrow(() -> new IllegalArgumentException("it has no " + key));
    }

    private static Optional<String> optional(Properties properties, String key) {
        return Optional.ofNullable(properties.getProperty(key));
    }
}
