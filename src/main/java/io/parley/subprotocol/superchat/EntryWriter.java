package io.parley.subprotocol.superchat;

import io.parley.delivery.ListedRoom;
import io.parley.identity.User;
import io.parley.room.Entry;
import io.parley.room.RoomInfo;
import io.parley.room.RoomName;
import io.parley.room.Style;
import io.parley.text.JsonText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Writes what entries, users and rooms are made of (protocol §1). Stateless. */
final class EntryWriter {
    // Always three digits: Instant.toString would drop them at a full second.
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private EntryWriter() {}

    static String time(Instant at) {
        return TIME.format(at);
    }

    /** Writes an entry as an object: the event itself, and its like in a page. */
    static void entry(JsonText out, RoomName room, Entry entry) {
        if (!(entry instanceof Entry.Message message)) {
            throw new IllegalStateException("no rule for " + entry.getClass());
        }
        out.object()
                .field("type", "message")
                .field("room", room.value())
                .field("seq", message.seq())
                .field("at", time(message.at()));
        out.object("from");
        user(out, message.from());
        out.endObject().field("text", message.content().text());
        if (message.content().style() == Style.ACTION) {
            out.field("style", "action");
        }
        message.key().ifPresent(key -> out.field("key", key.value()));
        out.endObject();
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
