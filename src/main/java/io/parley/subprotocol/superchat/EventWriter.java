package io.parley.subprotocol.superchat;

import io.parley.delivery.Event;
import io.parley.identity.User;
import io.parley.presence.PresenceChange;
import io.parley.room.RoomName;
import io.parley.text.JsonText;
import java.util.List;

/** Writes an event that is no entry as one line of JSON (protocol §4, other events). Stateless. */
final class EventWriter {
    private EventWriter() {}

    static byte[] write(Event event) {
        JsonText out = new JsonText();
        if (event instanceof Event.PresenceMoved moved) {
            presence(out, moved);
        } else if (event instanceof Event.Bye bye) {
            bye(out, bye);
        } else if (event instanceof Event.Begun begun) {
            ReplyWriter.joined(out.object().field("type", "joined"), begun.joined());
            out.endObject();
        } else if (event instanceof Event.Refused refused) {
            out.object().field("type", "refused").field("room", refused.room().value());
            ReplyWriter.refusal(out, refused.refusal());
            out.endObject();
        } else {
            passing(out.object(), event);
            out.endObject();
        }
        return out.utf8();
    }

    private static void passing(JsonText out, Event event) {
        if (event instanceof Event.Typing typing) {
            out.field("type", "typing").field("room", typing.room().value());
            EntryWriter.users(out, "who", typing.who());
        } else if (event instanceof Event.Read read) {
            out.field("type", "read").field("room", read.room().value());
            from(out, read.from());
            out.field("seq", read.seq());
        } else if (event instanceof Event.Profile profile) {
            out.field("type", "profile").object("user");
            EntryWriter.user(out, profile.user());
            out.endObject();
        } else if (event instanceof Event.Gap gap) {
            out.field("type", "gap")
                    .field("room", gap.room().value())
                    .field("after", gap.after())
                    .field("head", gap.head());
        } else if (event instanceof Event.Left left) {
            out.field("type", "left").field("room", left.room().value()).field("reason", left.reason());
        } else if (event instanceof Event.RoomsMoved moved) {
            out.field("type", "rooms");
            names(out, "opened", moved.opened());
            names(out, "closed", moved.closed());
        } else if (event instanceof Event.Notice notice) {
            out.field("type", "notice");
            notice.room().ifPresent(room -> out.field("room", room.value()));
            from(out, notice.from());
            out.field("text", notice.text());
        } else {
            throw new IllegalStateException("no rule for " + event.getClass());
        }
    }

    private static void presence(JsonText out, Event.PresenceMoved moved) {
        out.object().field("type", "presence").field("room", moved.room().value());
        if (moved.change() instanceof PresenceChange.Moved change) {
            EntryWriter.users(out, "joined", change.joined());
            EntryWriter.users(out, "left", change.left());
        } else if (moved.change() instanceof PresenceChange.Reset reset) {
            out.field("reset", true);
            if (reset.present().users().size() == reset.count()) {
                EntryWriter.users(out, "present", reset.present().users());
            }
        } else {
            throw new IllegalStateException("no rule for " + moved.change().getClass());
        }
        out.field("presentCount", moved.change().count()).endObject();
    }

    private static void bye(JsonText out, Event.Bye bye) {
        out.object()
                .field("type", "bye")
                .field("code", bye.reason().code())
                .field("reason", bye.reason().reason())
                .field("reconnect", bye.reason().reconnect());
        bye.retryAfter().ifPresent(millis -> out.field("retryAfter", millis));
        out.endObject();
    }

    private static void from(JsonText out, User from) {
        out.object("from");
        EntryWriter.user(out, from);
        out.endObject();
    }

    private static void names(JsonText out, String key, List<RoomName> rooms) {
        out.array(key);
        rooms.forEach(room -> out.element(room.value()));
        out.endArray();
    }
}
