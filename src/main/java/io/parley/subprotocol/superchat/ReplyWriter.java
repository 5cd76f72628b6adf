package io.parley.subprotocol.superchat;

import io.parley.access.Refusal;
import io.parley.config.Limits;
import io.parley.delivery.Reply;
import io.parley.delivery.ServerInfo;
import io.parley.identity.User;
import io.parley.presence.Present;
import io.parley.room.RoomInfo;
import io.parley.text.JsonText;
import java.util.OptionalLong;

/** Writes a reply as one line of JSON (protocol §4). Immutable. */
final class ReplyWriter {
    private final Limits limits;
    private final ServerInfo server;

    ReplyWriter(Limits limits, ServerInfo server) {
        this.limits = limits;
        this.server = server;
    }

    byte[] write(OptionalLong id, Reply reply) {
        JsonText out = new JsonText().object();
        id.ifPresent(number -> out.field("re", number));
        if (reply instanceof Reply.Failed failed) {
            refusal(out, failed.refusal());
        } else {
            out.object("ok");
            ok(out, reply);
            out.endObject();
        }
        return out.endObject().utf8();
    }

    /** What an answer that is no failure says, without its frame. */
    byte[] body(Reply reply) {
        JsonText out = new JsonText().object();
        ok(out, reply);
        return out.endObject().utf8();
    }

    private void ok(JsonText out, Reply reply) {
        if (reply instanceof Reply.Posted posted) {
            out.field("seq", posted.seq())
                    .field("at", EntryWriter.time(posted.at()))
                    .field("duplicate", posted.duplicate());
        } else if (reply instanceof Reply.Welcome welcome) {
            welcome(out, welcome);
        } else if (reply instanceof Reply.Joined joined) {
            joined(out, joined);
        } else if (reply instanceof Reply.Named named) {
            you(out, named.you());
        } else if (reply instanceof Reply.RoomList list) {
            out.array("rooms");
            list.rooms().forEach(room -> EntryWriter.room(out, room));
            out.endArray().field("more", list.more());
        } else if (reply instanceof Reply.WhoIsThere who) {
            present(out, who.present());
        } else if (reply instanceof Reply.Opened opened) {
            out.field("room", opened.room().value());
        } else if (reply instanceof Reply.Left left) {
            out.field("room", left.room().value());
        } else if (reply instanceof Reply.Behind behind) {
            out.object("behind");
            behind.heads().forEach((room, head) -> out.field(room.value(), head));
            out.endObject();
        } else {
            pageOrNothing(out, reply);
        }
    }

    private static void pageOrNothing(JsonText out, Reply reply) {
        if (reply instanceof Reply.Messages messages) {
            EntryWriter.page(out, messages.page().room().name(), messages.page().messages());
            ends(out, messages.page().room(), messages.page().more());
        } else if (reply instanceof Reply.ThreadMessages thread) {
            EntryWriter.thread(out, thread.thread());
            ends(out, thread.thread().page().room(), thread.thread().page().more());
        } else if (reply instanceof Reply.Entries entries) {
            var page = entries.page();
            EntryWriter.entries(out, "entries", page.room().name(), page.entries());
            ends(out, page.room(), page.more());
        } else if (reply instanceof Reply.Amended amended) {
            out.field("seq", amended.seq());
        } else if (!(reply instanceof Reply.Pong || reply instanceof Reply.Helped || reply instanceof Reply.Noted)) {
            throw new IllegalStateException("no rule for " + reply.getClass());
        }
    }

    private static void ends(JsonText out, RoomInfo room, boolean more) {
        out.field("first", room.first()).field("head", room.head()).field("more", more);
    }

    private void welcome(JsonText out, Reply.Welcome welcome) {
        you(out, welcome.you());
        welcome.token().ifPresent(token -> out.field("token", token));
        out.object("server")
                .field("name", server.name())
                .field("version", server.version())
                .field("node", server.node())
                .endObject();
        out.array("features").endArray();
        out.object("limits")
                .field("textLength", limits.textLength())
                .field("frameBytes", limits.frameBytes())
                .field("rooms", limits.rooms())
                .field("page", limits.page())
                .field("presenceList", limits.presenceList())
                .field("receipts", limits.receipts())
                .field("postsPerSecond", limits.postsPerSecond())
                .field("pending", limits.pending())
                .endObject();
        out.field("pingInterval", 1_000L * limits.pingSeconds());
    }

    private static void you(JsonText out, User you) {
        out.object("you")
                .field("id", you.id().value())
                .field("name", you.name().value())
                .field("guest", you.guest())
                .endObject();
    }

    /** Writes the fields of a join's answer into an object that is open. */
    static void joined(JsonText out, Reply.Joined joined) {
        out.field("room", joined.room().value())
                .field("epoch", joined.epoch().value())
                .field("first", joined.first())
                .field("head", joined.head())
                .field("topic", joined.topic())
                .field("complete", joined.complete());
        joined.page().ifPresent(page -> EntryWriter.page(out, joined.room(), page.messages()));
        present(out, joined.present());
        joined.readSeq().ifPresent(seq -> out.field("readSeq", seq));
    }

    private static void present(JsonText out, Present present) {
        EntryWriter.users(out, "present", present.users());
        out.field("presentCount", present.count());
    }

    /** Writes a refusal as the field {@code error} of an object that is open. */
    static void refusal(JsonText out, Refusal refusal) {
        out.object("error").field("code", refusal.code().wire()).field("message", refusal.message());
        refusal.retryAfter().ifPresent(millis -> out.field("retryAfter", millis));
        refusal.field().ifPresent(field -> out.field("field", field));
        out.endObject();
    }
}
