package io.parley.http;

import io.parley.access.Proxies;
import io.parley.access.Way;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a request came, for all that stand behind it. Thread-safe.
 *
 * <p>It leaves a note and does not wrap the request: containers differ in what they take for their own when they upgrade or wait.
 */
public final class ProxyFilter implements Filter {
    private static final String ATTRIBUTE = Way.class.getName();

    private final Proxies proxies;

    public ProxyFilter(Proxies proxies) {
        this.proxies = proxies;
    }

    /** How a request came; straight from its peer where no filter has looked. */
    public static Way way(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Way way ? way : direct(request);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        request.setAttribute(ATTRIBUTE, proxies.way(direct(http), name -> Collections.list(http.getHeaders(name))));
        chain.doFilter(request, response);
    }

    private static Way direct(HttpServletRequest request) {
        return new Way(plain(request.getRemoteAddr()), host(request), request.isSecure());
    }

    /** The name and port by which the nearest machine calls this server; null when it does not say. */
    public static @Nullable String host(HttpServletRequest request) {
        String header = request.getHeader("Host");
        return header != null || request.getProtocol().startsWith("HTTP/1.")
                ? header
                : authority(request.getServerName(), request.getServerPort());
    }

    /** From HTTP/2 on the name comes as {@code :authority} (RFC 9113 §8.3.1), which Liberty does not give as {@code Host} too. */
    static String authority(String name, int port) {
        return (name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name) + ":" + port;
    }

    /** Jetty puts brackets around an address of IPv6; others name its zone, which is of this machine alone. */
    static String plain(String address) {
        return address.replaceFirst("^\\[(.*)]$", "$1").replaceFirst("%.*$", "");
    }
}
