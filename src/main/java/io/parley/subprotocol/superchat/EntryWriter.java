package io.parley.subprotocol.superchat;

import io.parley.delivery.ListedRoom;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.room.Content;
import io.parley.room.Entry;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomName;
import io.parley.room.StandingMessage;
import io.parley.room.Style;
import io.parley.text.JsonText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Writes what entries, users and rooms are made of (protocol §1). Thread-safe. */
final class EntryWriter {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int NANOS_IN_A_MILLI = 1_000_000;

    // Times come in the order of the clock, many to a second, and the formatter is slow.
    private static volatile Second second = new Second(0, SECOND.format(Instant.EPOCH));

    private EntryWriter() {}

    /** Always with three digits of a second: {@code Instant.toString} would drop them at a full one. */
    static String time(Instant at) {
        Second now = second;
        if (now.epochSecond != at.getEpochSecond()) {
            now = new Second(at.getEpochSecond(), SECOND.format(at));
            second = now;
        }
        int millis = at.getNano() / NANOS_IN_A_MILLI;
        return now.text + "." + (char) ('0' + millis / 100) + (char) ('0' + millis / 10 % 10)
                + (char) ('0' + millis % 10) + "Z";
    }

    /** A second and how it is written. Immutable. */
    private record Second(long epochSecond, String text) {}

    /** Writes an entry as an object: the event itself, and its like in a page. */
    static void entry(JsonText out, RoomName room, Entry entry) {
        if (entry instanceof Entry.Message message) {
            message(out, room, message);
        } else if (entry instanceof Entry.Edit edit) {
            begin(out, "edit", room, edit).field("of", edit.of());
            edit.text().ifPresent(text -> out.field("text", text));
            mentions(out, edit.mentions());
        } else if (entry instanceof Entry.Delete delete) {
            begin(out, "delete", room, delete).field("of", delete.of());
        } else if (entry instanceof Entry.Reaction reaction) {
            begin(out, "reaction", room, reaction)
                    .field("of", reaction.of())
                    .field("emoji", reaction.emoji().value())
                    .field("on", reaction.on());
        } else if (entry instanceof Entry.Topic topic) {
            begin(out, "topic", room, topic).field("topic", topic.topic());
        } else {
            throw new IllegalStateException("no rule for " + entry.getClass());
        }
        out.endObject();
    }

    /** Writes a message as it stands, which is the event and what has become of it. */
    static void standing(JsonText out, RoomName room, StandingMessage standing) {
        message(out, room, standing.message());
        standing.edited().ifPresent(at -> out.field("edited", time(at)));
        if (!standing.reactions().isEmpty()) {
            out.object("reactions");
            standing.reactions().forEach((emoji, count) -> out.anyField(emoji.value(), count));
            out.endObject();
        }
        if (standing.replies() > 0) {
            out.field("replies", standing.replies());
        }
        out.endObject();
    }

    /** Writes messages as they stand, and apart what of it is the reader's own. */
    static void page(JsonText out, RoomName room, List<StandingMessage> messages) {
        out.array("messages");
        messages.forEach(message -> standing(out, room, message));
        out.endArray();
        out.object("mine");
        messages.forEach(message -> mine(out, message));
        out.endObject();
    }

    /** Writes a message and a page of what hangs below it. */
    static void thread(JsonText out, RoomLog.ThreadPage thread) {
        RoomName room = thread.page().room().name();
        out.key("root");
        standing(out, room, thread.root());
        List<StandingMessage> messages = thread.page().messages();
        out.array("messages");
        messages.forEach(message -> standing(out, room, message));
        out.endArray();
        out.object("mine");
        mine(out, thread.root());
        messages.forEach(message -> mine(out, message));
        out.endObject();
    }

    /** Writes whichever signs of a message are the reader's, under its {@code seq}. */
    static void mine(JsonText out, StandingMessage standing) {
        if (!standing.mine().isEmpty()) {
            out.array(String.valueOf(standing.message().seq()));
            standing.mine().forEach(emoji -> out.element(emoji.value()));
            out.endArray();
        }
    }

    /** Leaves the object open. */
    private static void message(JsonText out, RoomName room, Entry.Message message) {
        begin(out, "message", room, message);
        Content content = message.content();
        if (message.deleted()) {
            out.field("deleted", true);
        } else {
            out.field("text", content.text());
        }
        if (content.style() == Style.ACTION) {
            out.field("style", "action");
        }
        message.key().ifPresent(key -> out.field("key", key.value()));
        content.replyTo().ifPresent(seq -> out.field("replyTo", seq));
        content.thread().ifPresent(seq -> out.field("thread", seq));
        mentions(out, content.mentions());
        content.data().ifPresent(json -> out.raw("data", json));
    }

    private static JsonText begin(JsonText out, String type, RoomName room, Entry entry) {
        out.object()
                .field("type", type)
                .field("room", room.value())
                .field("seq", entry.seq())
                .field("at", time(entry.at()));
        out.object("from");
        user(out, entry.from());
        return out.endObject();
    }

    private static void mentions(JsonText out, List<UserId> mentions) {
        if (!mentions.isEmpty()) {
            out.array("mentions");
            mentions.forEach(user -> out.element(user.value()));
            out.endArray();
        }
    }

    static void entries(JsonText out, String key, RoomName room, List<? extends Entry> entries) {
        out.array(key);
        entries.forEach(entry -> entry(out, room, entry));
        out.endArray();
    }

    /** Writes a user's fields into an object that is open. */
    static void user(JsonText out, User user) {
        out.field("id", user.id().value()).field("name", user.name().value());
        if (user.guest()) {
            out.field("guest", true);
        }
        if (user.bot()) {
            out.field("bot", true);
        }
    }

    static void users(JsonText out, String key, List<User> users) {
        out.array(key);
        for (User user : users) {
            out.object();
            user(out, user);
            out.endObject();
        }
        out.endArray();
    }

    static void room(JsonText out, ListedRoom listed) {
        RoomInfo room = listed.room();
        out.object()
                .field("room", room.name().value())
                .field("kind", room.kind().name().toLowerCase(Locale.ROOT))
                .field("topic", room.topic())
                .field("head", room.head())
                .field("at", time(room.touched()));
        listed.readSeq().ifPresent(seq -> out.field("readSeq", seq));
        out.field("unread", listed.unread())
                .field("mentions", listed.mentions())
                .endObject();
    }
}
