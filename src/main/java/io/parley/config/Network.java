package io.parley.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike, such as {@code 10.0.0.0/8}; a single one is a network too (RFC 4632). Immutable.
 *
 * <p>An IPv4 address that came as an IPv6 one ({@code ::ffff:10.0.0.1}) is the IPv4 address.
 *
 * @param address any address of it
 * @param bits how many leading bits its addresses share
 */
public record Network(InetAddress address, int bits) {
    private static final int MOST_CHARACTERS = 64;
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]*");
    private static final Pattern BITS = Pattern.compile("\\d{1,3}");

    public Network {
        if (bits < 0 || bits > Byte.SIZE * address.getAddress().length) {
            throw new IllegalArgumentException("no addresses share " + bits + " bits");
        }
    }

    /** Reads an address, or an address, a slash and a number of bits; empty when it is neither. */
    public static Optional<Network> read(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return literal(text).map(single -> new Network(single, Byte.SIZE * single.getAddress().length));
        }
        String bits = text.substring(slash + 1);
        return literal(text.substring(0, slash))
                .filter(first ->
                        BITS.matcher(bits).matches() && Integer.parseInt(bits) <= Byte.SIZE * first.getAddress().length)
                .map(first -> new Network(first, Integer.parseInt(bits)));
    }

    /** Reads an address as it is usually written, without brackets, port or zone, and never asks for a name. */
    public static Optional<InetAddress> literal(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        Matcher parts = IPV4.matcher(text);
        try {
            if (parts.matches()) {
                return ipv4(parts);
            }
            // With a colon, and beginning like one, it is taken for an address and for nothing else.
            return text.indexOf(':') >= 0 && IPV6.matcher(text).matches()
                    ? Optional.of(InetAddress.getByName(text))
                    : Optional.empty();
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] its = other.getAddress();
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        if (mine.length != its.length || !Arrays.equals(mine, 0, whole, its, 0, whole)) {
            return false;
        }
        return rest == 0 || ((mine[whole] ^ its[whole]) & 0xFF) >> (Byte.SIZE - rest) == 0;
    }

    private static Optional<InetAddress> ipv4(Matcher parts) throws UnknownHostException {
        byte[] bytes = new byte[parts.groupCount()];
        for (int i = 0; i < bytes.length; i++) {
            String part = parts.group(i + 1);
            int value = Integer.parseInt(part);
            // 010 is ten to some and eight to others.
            if (value > 255 || (part.length() > 1 && part.startsWith("0"))) {
                return Optional.empty();
            }
            bytes[i] = (byte) value;
        }
        return Optional.of(InetAddress.getByAddress(bytes));
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
