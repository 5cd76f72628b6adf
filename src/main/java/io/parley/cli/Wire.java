package io.parley.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/**
 * What is said on the socket, in lines of UTF-8: the client sends the command with its arguments, separated by tabs; the server answers with
 * lines for the operator, each after a {@code >}, and in the end {@code ok}, or {@code no} and why. Stateless.
 */
final class Wire {
    static final String OK = "ok";
    static final String NO = "no ";
    static final String OUT = ">";

    private static final String SEPARATOR = "\t";
    private static final int MOST_CHARACTERS = 16 * 1024;

    private Wire() {}

    static String request(String command, List<String> arguments) {
        return arguments.isEmpty() ? command : command + SEPARATOR + String.join(SEPARATOR, arguments);
    }

    static List<String> words(String request) {
        return List.of(request.split(SEPARATOR, -1));
    }

    /** One line, within bounds. */
    static String readRequest(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() == MOST_CHARACTERS) {
                throw new IOException("the request has no end");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    /** What cannot end the line that it is in, nor steer a terminal. */
    static String harmless(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "\uFFFD");
    }
}
