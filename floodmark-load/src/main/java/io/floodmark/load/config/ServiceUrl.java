package io.floodmark.load.config;

import java.net.URI;
import java.net.URISyntaxException;

/// The address of an HTTP service: `http://HOST[:PORT]` or `https://...`, perhaps with a path that
/// comes before those of the API. Keys do not belong into it.
record ServiceUrl() implements Grammar<URI> {

    @Override
    public URI parse(String text) throws InvalidSetting {
        try {
            URI uri = new URI(text.strip());
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null && bare(uri)) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Told below, without repeating the text.
        }
        throw InvalidSetting.malformed("the address of a service", range());
    }

    private static boolean bare(URI uri) {
        return uri.getQuery() == null && uri.getFragment() == null;
    }

    @Override
    public String range() {
        return "http://HOST:PORT or https://HOST, without user, query or fragment";
    }
}
