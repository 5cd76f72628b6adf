package io.parley.cli;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why a server cannot be reached, in words that help an operator. Stateless. */
final class BenchFailures {
    private BenchFailures() {}

    static String line(URI address, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebSocketHandshakeException refused) {
                return address + " answers with " + refused.getResponse().statusCode() + ": "
                        + meaning(refused.getResponse().statusCode());
            }
            if (cause instanceof UnresolvedAddressException) {
                return "there is no host " + address.getHost();
            }
            if (cause instanceof SSLException) {
                return "no TLS with " + address + ": " + reason(cause)
                        + "; whom Java trusts, -Djavax.net.ssl.trustStore= says";
            }
            if (cause instanceof HttpTimeoutException) {
                return address + " does not answer";
            }
        }
        return refusesConnections(failure)
                ? "nobody takes connections at " + address
                : "cannot connect to " + address + ": " + reason(failure);
    }

    private static boolean refusesConnections(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    /** The innermost reason there is. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static String meaning(int status) {
        return switch (status) {
            case 200, 301, 302, 307, 308, 400, 404, 405, 426 ->
                "no WebSocket there; is it the address of the page, and does the proxy pass Upgrade on?";
            case 401, 403 -> "somebody refuses; parley.hosts and the proxy say who may come";
            case 429, 503 -> "it takes no more connections now";
            case 502, 504 -> "the proxy does not reach the server";
            default -> "the handshake has failed";
        };
    }
}
