package io.parley.transport.api;

import io.parley.http.Call;
import io.parley.http.Entrance;
import io.parley.http.Problem;
import io.parley.http.Query;
import io.parley.text.InvalidInput;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the addresses that begin with a channel, for which servlets have no pattern, and answers there (protocol §5). Thread-safe.
 *
 * <p>A channel has 16 letters and digits, as nothing else has at the root.
 */
public final class ChannelFilter implements Filter {
    private static final Pattern CHANNEL = Pattern.compile("/[A-Za-z0-9]{16}/.+");

    private final Entrance entrance;
    private final ApiDoor door;
    private final ChannelDoor channels;

    public ChannelFilter(Entrance entrance, ApiDoor door, Programs programs) {
        this.entrance = entrance;
        this.door = door;
        this.channels = new ChannelDoor(door, programs);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        String path = asked.getRequestURI().substring(asked.getContextPath().length());
        if (!CHANNEL.matcher(path).matches()) {
            chain.doFilter(request, response);
        } else if (entrance.admit(asked, (HttpServletResponse) response)) {
            answer(
                    asked,
                    (HttpServletResponse) response,
                    List.of(path.substring(1).split("/", -1)));
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, List<String> words)
            throws IOException {
        boolean many = words.size() == 3
                && words.get(1).equals("publish")
                && words.get(2).equals("rooms");
        boolean one = words.size() == 3 && words.get(2).equals("publish");
        boolean members = words.size() == 2 && words.get(1).equals("members");
        boolean rooms = words.size() == 2 && words.get(1).equals("rooms");
        if (!many && !one && !members && !rooms) {
            Problem.NOT_FOUND.answer().send(response);
            return;
        }
        String method = many || one ? "POST" : "GET";
        if (!request.getMethod().equals(method)) {
            Problem.METHOD_NOT_ALLOWED.answer().with("Allow", method).send(response);
            return;
        }
        Call call = door.begin(request, response);
        try {
            if (many || one) {
                List<String> to = many ? Query.of(request).values("r") : List.of(decoded(words.get(1)));
                channels.publish(call, words.get(0), to);
            } else if (members) {
                channels.members(call, words.get(0));
            } else {
                channels.rooms(call, words.get(0));
            }
        } catch (InvalidInput e) {
            call.failed(e);
        }
    }

    /** A plus is a plus in a path. */
    private static String decoded(String word) {
        try {
            return URLDecoder.decode(word.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("room", "the address is not encoded as addresses are");
        }
    }
}
