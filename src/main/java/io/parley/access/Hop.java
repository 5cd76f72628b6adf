package io.parley.access;

import io.parley.config.Network;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one proxy says of who asked it, as it was written; an empty word was not said. Immutable.
 *
 * @param from who asked, a node of RFC 7239 §6
 * @param protocol by which protocol
 * @param host under which name
 */
record Hop(String from, String protocol, String host) {
    private static final Pattern IPV4 = Pattern.compile("([0-9.]+)(?::\\d{1,5})?");
    private static final Pattern IPV6 = Pattern.compile("\\[([0-9a-fA-F:.]+)](?::\\d{1,5})?");
    private static final Pattern HIDDEN = Pattern.compile("(?i:unknown)(?::[\\w.-]+)?|_[\\w.-]+(?::[\\w.-]+)?");
    private static final Pattern PROTOCOL = Pattern.compile("(?i:(?:http|ws)(s?))");
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,255}|\\[[0-9a-fA-F:.]{2,45}])(?::\\d{1,5})?");

    /** Whether it says that it will not say who asked, or does not know. */
    boolean hides() {
        return from.isEmpty() || HIDDEN.matcher(from).matches();
    }

    /** The same request at the machine before; empty when this is malformed. */
    Optional<Way> before(Way here) {
        Optional<String> remote = hides() ? Optional.of(here.remote()) : address();
        Matcher by = PROTOCOL.matcher(protocol);
        boolean told = by.matches();
        if (remote.isEmpty()
                || !(protocol.isEmpty() || told)
                || !(host.isEmpty() || HOST.matcher(host).matches())) {
            return Optional.empty();
        }
        boolean secure = told ? by.group(1).toLowerCase(Locale.ROOT).equals("s") : here.secure();
        return Optional.of(new Way(remote.get(), host.isEmpty() ? here.host() : host, secure));
    }

    private Optional<String> address() {
        Matcher four = IPV4.matcher(from);
        Matcher six = IPV6.matcher(from);
        String literal = four.matches() ? four.group(1) : six.matches() ? six.group(1) : from;
        return Network.literal(literal).map(InetAddress::getHostAddress);
    }
}
