package io.floodmark.load.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `insert=63,update=27,read=10`: kinds of one workload; those left out get nothing.
final class MixGrammar implements Grammar<Mix> {

    private static final Pattern PART =
            Pattern.compile("\\s*([A-Za-z]+)\\s*[=:]\\s*([+-]?[0-9]{1,9})\\s*%?\\s*");

    @Override
    public Mix parse(String text) throws InvalidSetting {
        Map<String, Integer> shares = new LinkedHashMap<>();
        for (String part : List.of(text.split(",", -1))) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw InvalidSetting.malformed("a mix", range());
            }
            put(shares, matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
        requireWhole(shares);
        return new Mix(inOrder(shares));
    }

    private void put(Map<String, Integer> shares, String kind, int percent) throws InvalidSetting {
        if (!WorkloadKinds.allKinds().contains(kind)) {
            throw new InvalidSetting(
                    "names an unknown kind of operation: expected "
                            + WorkloadKinds.words()
                            + NearestName.hint(kind, WorkloadKinds.allKinds()));
        }
        if (percent < 0 || percent > 100) {
            throw new InvalidSetting(
                    "has a share out of range: "
                            + kind
                            + " is "
                            + percent
                            + ", allowed is 0 to 100 percent");
        }
        if (shares.put(kind, percent) != null) {
            throw new InvalidSetting("names " + kind + " twice");
        }
    }

    private static void requireWhole(Map<String, Integer> shares) throws InvalidSetting {
        int sum = shares.values().stream().mapToInt(Integer::intValue).sum();
        if (sum != 100) {
            String terms =
                    shares.values().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" + "));
            throw new InvalidSetting(
                    "does not add up to 100 percent: "
                            + terms
                            + (shares.size() > 1 ? " = " + sum : ""));
        }
    }

    /// The shares above 0, in the order of the workload that has all their kinds.
    private static Map<String, Integer> inOrder(Map<String, Integer> shares) throws InvalidSetting {
        for (WorkloadKinds workload : WorkloadKinds.values()) {
            if (workload.kinds().containsAll(shares.keySet())) {
                Map<String, Integer> ordered = new LinkedHashMap<>();
                for (String kind : workload.kinds()) {
                    int share = shares.getOrDefault(kind, 0);
                    if (share > 0) {
                        ordered.put(kind, share);
                    }
                }
                return ordered;
            }
        }
        throw new InvalidSetting(
                "names kinds of several workloads: expected only " + WorkloadKinds.words());
    }

    @Override
    public String range() {
        return "whole percentages that add up to 100, of "
                + WorkloadKinds.words()
                + ", such as insert=63,update=27,read=10";
    }
}
