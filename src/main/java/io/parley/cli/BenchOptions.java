package io.parley.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench} was asked for. Immutable.
 *
 * @param address of the WebSocket
 * @param rate posts a second, of all together
 */
record BenchOptions(URI address, int readers, int rate, int seconds) {
    private static final int MOST_READERS = 1_000;
    private static final int MOST_RATE = 1_000;
    private static final int MOST_SECONDS = 300;

    /** Half of what a guest may, so that nothing is refused, and nobody else is in their way. */
    private static final int RATE_OF_ONE = 5;

    static BenchOptions parse(List<String> given) {
        URI address = address(BenchCommand.USAGE
                .check(given.subList(0, Math.min(1, given.size())))
                .get(0));
        int readers = 20;
        int rate = 10;
        int seconds = 10;
        for (int i = 1; i < given.size(); i += 2) {
            String option = given.get(i);
            String value = i + 1 < given.size() ? given.get(i + 1) : "";
            switch (option) {
                case "--readers" -> readers = number(option, value, MOST_READERS);
                case "--rate" -> rate = number(option, value, MOST_RATE);
                case "--seconds" -> seconds = number(option, value, MOST_SECONDS);
                default ->
                    throw CommandFailure.wrongCall(
                            "cannot do \"" + option + "\"; " + BenchCommand.USAGE.name() + " --help says what it can");
            }
        }
        if (rate > RATE_OF_ONE * readers) {
            throw CommandFailure.wrongCall("for %d posts a second there must be %d readers, each posts %d at most"
                    .formatted(rate, (rate + RATE_OF_ONE - 1) / RATE_OF_ONE, RATE_OF_ONE));
        }
        return new BenchOptions(address, readers, rate, seconds);
    }

    int posts() {
        return rate * seconds;
    }

    private static int number(String option, String value, int most) {
        if (value.matches("[1-9][0-9]{0,3}") && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        throw CommandFailure.wrongCall(option + " is a number from 1 to " + most);
    }

    /** The page's address and the WebSocket's are both taken. */
    private static URI address(String url) {
        try {
            URI given = new URI(url);
            String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
            String socket = switch (scheme) {
                case "http", "ws" -> "ws";
                case "https", "wss" -> "wss";
                default -> "";
            };
            if (!socket.isEmpty() && given.getHost() != null && given.getRawUserInfo() == null) {
                String path = given.getRawPath().endsWith("/chat")
                        ? given.getRawPath()
                        : given.getRawPath().replaceFirst("/*$", "/chat");
                return new URI(socket + "://" + given.getRawAuthority() + path);
            }
        } catch (URISyntaxException e) {
            // Said below, as of all that is no address.
        }
        throw CommandFailure.wrongCall("URL is the address of a Parley, such as https://chat.example.com/");
    }
}
