package io.floodmark.load.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A small UTF-8 file of a user, read whole.
///
/// @param name the file's own name, without its folder
/// @param text what is in it, without a byte order mark
record TextFile(String name, String text) {

    /// No configuration of a person is longer; a wrong file would be.
    static final int BYTES_MAX = 1 << 20;

    static TextFile read(Path path, String what) throws InvalidFile {
        String name = nameOf(path);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new InvalidFile(
                        what + " " + name + ": is larger than 1 MiB; is it the right file?");
            }
            return new TextFile(name, decode(bytes));
        } catch (CharacterCodingException _) {
            throw new InvalidFile(what + " " + name + ": is not UTF-8 text");
        } catch (NoSuchFileException _) {
            throw new InvalidFile(
                    what + " " + Printable.quote(path.toString()) + " does not exist");
        } catch (IOException problem) {
            throw new InvalidFile(
                    what
                            + " "
                            + Printable.quote(path.toString())
                            + " cannot be read ("
                            + problem.getClass().getSimpleName()
                            + ")");
        }
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String nameOf(Path path) {
        Path name = path.getFileName();
        return Printable.clean(name == null ? path.toString() : name.toString());
    }
}
