package io.parley.subprotocol.superchat;

import io.parley.config.Limits;
import io.parley.delivery.Dialogue;
import io.parley.delivery.Event;
import io.parley.delivery.Opening;
import io.parley.delivery.ServerInfo;
import io.parley.delivery.Subprotocol;
import io.parley.presence.PresenceChange;
import io.parley.room.Entry;
import io.parley.room.RoomName;
import io.parley.text.JsonText;
import java.util.Optional;

/** The subprotocol {@code superchat}: one JSON object a line (protocol §4). Immutable. */
public final class Superchat implements Subprotocol {
    private final Limits limits;
    private final ServerInfo server;

    public Superchat(Limits limits, ServerInfo server) {
        this.limits = limits;
        this.server = server;
    }

    @Override
    public String name() {
        return "superchat";
    }

    @Override
    public boolean joinsLines() {
        return true;
    }

    @Override
    public int helloSeconds() {
        return limits.helloSeconds();
    }

    @Override
    public Dialogue open(Opening opening) {
        return new SuperchatDialogue(new CommandReader(limits), new ReplyWriter(limits, server));
    }

    @Override
    public byte[] encode(RoomName room, Entry entry) {
        JsonText out = new JsonText();
        EntryWriter.entry(out, room, entry);
        return out.utf8();
    }

    @Override
    public Optional<byte[]> encode(Event event) {
        JsonText out = new JsonText();
        if (event instanceof Event.PresenceMoved moved) {
            presence(out, moved);
        } else if (event instanceof Event.Bye bye) {
            bye(out, bye);
        } else {
            throw new IllegalStateException("no rule for " + event.getClass());
        }
        return Optional.of(out.utf8());
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
}
