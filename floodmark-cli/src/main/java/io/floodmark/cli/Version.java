package io.floodmark.cli;

import java.util.Optional;
import picocli.CommandLine;

/// The program's version, from its jar.
final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
        String version =
                Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                        .orElse("development");
        return new String[] {"floodmark " + version};
    }
}
