package io.floodmark.ingest.audit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Ids in files, an id always in the same one: so that one file after the other can be looked at.
/// *Threads:* for one.
final class IdParts implements AutoCloseable {
    /// So many files; each holds this part of the ids.
    static final int COUNT = 128;

    private static final int BUFFER_BYTES = 8 * 1024;
    private static final int MIX = 0x9E3779B9;
    private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(COUNT);

    private final List<DataOutputStream> files = new ArrayList<>();

    IdParts(Path folder, String name) throws IOException {
        try {
            for (int part = 0; part < COUNT; part++) {
                files.add(
                        new DataOutputStream(
                                new BufferedOutputStream(
                                        Files.newOutputStream(file(folder, name, part)),
                                        BUFFER_BYTES)));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static Path file(Path folder, String name, int part) {
        return folder.resolve(name + "-" + part);
    }

    void add(String id, String level) throws IOException {
        DataOutputStream file = files.get((id.hashCode() * MIX) >>> SHIFT);
        file.writeUTF(id);
        file.writeUTF(level);
    }

    /// Takes what lies in a part.
    interface Taker {
        void id(String id, String level);
    }

    /// Reads one part of what was written under this name.
    static void read(Path folder, String name, int part, Taker taker) throws IOException {
        try (DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(Files.newInputStream(file(folder, name, part))))) {
            while (true) {
                String id;
                try {
                    id = in.readUTF();
                } catch (EOFException _) {
                    return;
                }
                taker.id(id, in.readUTF());
            }
        }
    }

    /// Ends the writing.
    @Override
    public void close() throws IOException {
        for (DataOutputStream file : files) {
            file.close();
        }
    }
}
