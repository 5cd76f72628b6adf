package io.parley.subprotocol.chat;

import io.parley.config.Limits;
import io.parley.delivery.Dialogue;
import io.parley.delivery.Event;
import io.parley.delivery.Opening;
import io.parley.delivery.Subprotocol;
import io.parley.identity.User;
import io.parley.presence.PresenceChange;
import io.parley.room.Entry;
import io.parley.room.RoomName;
import io.parley.room.Style;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The subprotocol {@code chat}: plain text for people, one line a message (protocol §3). Immutable. */
public final class Chat implements Subprotocol {
    // Scripts and terminals that know Unicode begin a new line at U+2028 and U+2029 too.
    private static final Pattern LINE_END = Pattern.compile("[\n\u2028\u2029]");

    private final Limits limits;

    public Chat(Limits limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public boolean joinsLines() {
        return false;
    }

    @Override
    public int helloSeconds() {
        return 0;
    }

    @Override
    public Dialogue open(Opening opening) {
        return new ChatDialogue(new LineReader(limits), opening.room());
    }

    @Override
    public byte[] encode(RoomName room, Entry entry) {
        return utf8(line(entry));
    }

    @Override
    public Optional<byte[]> encode(Event event) {
        if (event instanceof Event.PresenceMoved moved) {
            return presence(moved.change()).map(Chat::utf8);
        }
        if (event instanceof Event.Bye bye) {
            return Optional.of(goodbye(bye));
        }
        if (event instanceof Event.Left left) {
            return Optional.of(utf8("* you are no longer in " + left.room() + ": " + left.reason()));
        }
        if (event instanceof Event.Notice notice) {
            return Optional.of(utf8("* " + indented(notice.text())));
        }
        // Nothing for people to read: their terminal shows no badges.
        return Optional.empty();
    }

    /** An entry as a line, which is empty when people are not bothered with it. */
    static String line(Entry entry) {
        String name = entry.from().name().value();
        if (entry instanceof Entry.Message message) {
            return message(name, message);
        }
        if (entry instanceof Entry.Edit edit) {
            return edit.text()
                    .map(text -> "* " + name + " edited: " + indented(text))
                    .orElse("");
        }
        if (entry instanceof Entry.Delete) {
            return "* " + name + " deleted a message";
        }
        if (entry instanceof Entry.Topic topic) {
            return topic.topic().isEmpty()
                    ? "* " + name + " took the topic away"
                    : "* " + name + " set the topic: " + indented(topic.topic());
        }
        if (entry instanceof Entry.Reaction) {
            return "";
        }
        throw new IllegalStateException("no rule for " + entry.getClass());
    }

    private static String message(String name, Entry.Message message) {
        if (message.deleted()) {
            return "* a message by " + name + " was deleted";
        }
        String text = indented(message.content().text());
        return message.content().style() == Style.ACTION ? "* " + name + " " + text : name + ": " + text;
    }

    /** Further lines are indented, so that nobody can write another's line. */
    static String indented(String text) {
        return LINE_END.matcher(text).replaceAll("\n  ");
    }

    static String names(List<User> users) {
        return users.stream().map(user -> user.name().value()).collect(Collectors.joining(", "));
    }

    static byte[] utf8(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] goodbye(Event.Bye bye) {
        return utf8((bye.reason().code() == 1000 ? "* " : "! ") + bye.reason().reason());
    }

    private static Optional<String> presence(PresenceChange change) {
        if (change instanceof PresenceChange.Moved moved) {
            String joined = moved.joined().isEmpty() ? "" : names(moved.joined()) + " joined";
            String left = moved.left().isEmpty() ? "" : names(moved.left()) + " left";
            String separator = joined.isEmpty() || left.isEmpty() ? "" : "; ";
            String all = joined + separator + left;
            return all.isEmpty() ? Optional.empty() : Optional.of("* " + all);
        }
        return Optional.of("* now here: " + change.count());
    }
}
