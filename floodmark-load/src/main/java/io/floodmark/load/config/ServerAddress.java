package io.floodmark.load.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `HOST` or `HOST:PORT`; an IPv6 address with port in brackets.
record ServerAddress() implements Grammar<HostAndPort> {

    private static final int USUAL_PORT = 5_432;
    private static final Pattern WITH_PORT =
            Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+]):([0-9]{1,6})");

    @Override
    public HostAndPort parse(String text) throws InvalidSetting {
        Matcher matcher = WITH_PORT.matcher(text.strip());
        if (!matcher.matches()) {
            return new HostAndPort(new Texts.Host().parse(text), USUAL_PORT);
        }
        String host = new Texts.Host().parse(matcher.group(1));
        return new HostAndPort(host, new Numbers.Whole(1, 65_535, "").parse(matcher.group(2)));
    }

    @Override
    public String range() {
        return "HOST or HOST:PORT, port 5432 when there is none";
    }
}
