package io.parley.access;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request may come in at all: by which name it addresses the server, and from whose page it comes (protocol §2). Immutable.
 *
 * <p>The host check is what keeps a page that rebinds its own name to this address from talking to a server that only listens on loopback;
 * the origin check is what keeps a foreign page from using somebody's cookie.
 */
public final class HandshakePolicy {
    private static final Logger LOG = System.getLogger(HandshakePolicy.class.getName());
    private static final int MOST_LOGGED = 120;
    private static final String HTTPS = "https://";
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "(?:^|&)(?:token|access_token|secret|password|jwt|authorization)=", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|.+\\.localhost|127(?:\\.\\d{1,3}){3}|\\[::1]");

    private final Set<String> origins;
    private final Set<String> hosts;
    private final boolean loopbackOnly;

    /**
     * @param origins foreign origins whose pages may connect
     * @param hosts names by which the server may be addressed
     * @param loopbackOnly whether the server is bound to loopback, where every other name is somebody's trick
     */
    public HandshakePolicy(Set<String> origins, Set<String> hosts, boolean loopbackOnly) {
        this.origins = origins.stream().map(HandshakePolicy::origin).collect(Collectors.toUnmodifiableSet());
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.loopbackOnly = loopbackOnly;
    }

    /** What a request said of itself. Immutable. */
    public record Asked(
            @Nullable String host,
            @Nullable String origin,
            @Nullable String query,
            boolean secure) {}

    /** A no. Immutable. */
    public record Denial(int status, String reason) {}

    /** Judges a WebSocket handshake, or a request at a door for programs. A no is logged with the setting that would allow it. */
    public Optional<Denial> handshake(Asked asked) {
        Optional<Denial> byHost = host(asked.host);
        if (byHost.isPresent()) {
            return byHost;
        }
        if (asked.query != null && SECRET_PARAMETER.matcher(asked.query).find()) {
            return Optional.of(new Denial(
                    400, "a secret in the address would land in logs; send it as Authorization: Bearer or in hello"));
        }
        if (asked.origin == null || isOwn(asked) || origins.contains(origin(asked.origin))) {
            return Optional.empty();
        }
        LOG.log(
                Level.WARNING,
                "a page of origin {0} was refused; parley.origins={0} would let it in",
                printable(asked.origin));
        return Optional.of(new Denial(403, "pages of this origin may not connect here"));
    }

    /** Judges the name by which any request addresses the server. */
    public Optional<Denial> host(@Nullable String host) {
        String name = withoutPort(host == null ? "" : host.toLowerCase(Locale.ROOT));
        boolean allowed = hosts.contains(name)
                || (host != null && hosts.contains(host.toLowerCase(Locale.ROOT)))
                || (loopbackOnly ? LOOPBACK.matcher(name).matches() : hosts.isEmpty());
        if (allowed) {
            return Optional.empty();
        }
        LOG.log(Level.WARNING, "a request for host {0} was refused; parley.hosts={0} would let it in", printable(name));
        return Optional.of(new Denial(403, "this server does not go by that name"));
    }

    /**
     * Whether a page's origin says that it came by TLS. A proxy that speaks TLS for this server speaks plainly to it; a page of this host under
     * https is one of ours in any case.
     */
    public static boolean isHttps(@Nullable String origin) {
        return origin != null && origin.regionMatches(true, 0, HTTPS, 0, HTTPS.length());
    }

    /** Whether a request comes from a page of this very server. */
    public static boolean isOwn(Asked asked) {
        return asked.host != null
                && asked.origin != null
                && origin(asked.origin).equals(origin((asked.secure ? "https://" : "http://") + asked.host));
    }

    /** An origin in one form: lower case, without the port that its scheme implies (RFC 6454 §6.2). */
    private static String origin(String typed) {
        String lower = typed.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") && lower.endsWith(":80")) {
            return lower.substring(0, lower.length() - 3);
        }
        if (lower.startsWith("https://") && lower.endsWith(":443")) {
            return lower.substring(0, lower.length() - 4);
        }
        return lower;
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    /** What somebody sent, so that it can forge no line of the log. */
    private static String printable(String sent) {
        String plain = sent.replaceAll("[^\\x21-\\x7E]", "?");
        return plain.length() > MOST_LOGGED ? plain.substring(0, MOST_LOGGED) + "…" : plain;
    }
}
