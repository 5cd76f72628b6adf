package io.parley.hooks;

import io.parley.text.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a webhook goes, taken apart. Immutable.
 *
 * @param host a name or an address, without the brackets that an IPv6 address has in a URL
 * @param path with its query; may hold a secret of the receiver's
 */
record Target(boolean tls, String host, int port, String path) {
    private static final String FIELD = "URL";
    private static final int MOST_CHARACTERS = 2_000;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int MOST_PORT = 65_535;

    /** @throws InvalidInput when it is no http or https URL that something could be posted to */
    static Target parse(String url) {
        URI uri = uri(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        require(tls || scheme.equals("http"), "it begins with https:// or http://");
        require(uri.getRawUserInfo() == null, "it has no user and no password: requests are signed instead");
        require(uri.getRawFragment() == null, "it has no #, which no server would see");
        require(uri.getHost() != null, "it names a host");
        require(uri.getPort() != 0 && uri.getPort() <= MOST_PORT, "its port is a number from 1 to " + MOST_PORT);
        String host = uri.getHost();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new Target(
                tls,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS : HTTP,
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    /** As the header {@code Host} has it. */
    String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? HTTPS : HTTP) ? name : name + ":" + port;
    }

    /** Without what may be secret: fit for a log. */
    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority();
    }

    private static URI uri(String url) {
        require(url.length() <= MOST_CHARACTERS, "it has at most " + MOST_CHARACTERS + " characters");
        try {
            // Others than ASCII as UTF-8, percent-encoded, as browsers send them.
            return new URI(new URI(url).toASCIIString());
        } catch (URISyntaxException e) {
            throw new InvalidInput(FIELD, "it is no URL: " + e.getReason());
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new InvalidInput(FIELD, rule);
        }
    }
}
