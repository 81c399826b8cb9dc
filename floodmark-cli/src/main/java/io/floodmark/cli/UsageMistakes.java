package io.floodmark.cli;

import java.util.List;
import picocli.CommandLine;

/// What is wrong with a command line, in one sentence.
final class UsageMistakes {

    private UsageMistakes() {}

    static String sentence(CommandLine.ParameterException mistake) {
        if (mistake instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        return String.valueOf(mistake.getMessage());
    }

    private static String unmatched(CommandLine.UnmatchedArgumentException mistake) {
        String argument = mistake.getUnmatched().getFirst();
        String name = argument.replaceFirst("=.*", "");
        if (name.equals("--password")) {
            return "there is no --password, because others can read command lines;"
                    + " set DB_PASSWORD in the environment or in .env";
        }
        List<String> near = mistake.getSuggestions();
        String hint = near.isEmpty() ? "" : "; did you mean " + near.getFirst() + "?";
        return what(mistake, name) + " " + name + hint;
    }

    private static String what(CommandLine.ParameterException mistake, String name) {
        if (name.startsWith("-")) {
            return "unknown option";
        }
        boolean takesCommands = !mistake.getCommandLine().getSubcommands().isEmpty();
        return takesCommands ? "unknown command" : "unexpected argument";
    }
}
