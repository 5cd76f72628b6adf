package io.parley.subprotocol.superchat;

import io.parley.config.Limits;
import io.parley.delivery.Command;
import io.parley.room.Amendment;
import io.parley.room.Content;
import io.parley.room.Emoji;
import io.parley.room.MessageKey;
import io.parley.room.RoomName;
import io.parley.room.Style;
import io.parley.text.InvalidInput;
import io.parley.text.JsonInput;
import io.parley.text.TextRules;
import java.util.List;
import java.util.Optional;

/** Reads the commands that become entries (protocol §4). Stateless. */
final class EntryCommands {
    private static final int MOST_DATA_BYTES = 4 * 1024;
    private static final int MOST_TOPIC_UNITS = 250;

    private EntryCommands() {}

    static Command.Post post(RoomName room, JsonInput in, Limits limits) {
        String style = in.string("style").orElse("");
        if (!style.isEmpty() && !style.equals("action")) {
            throw new InvalidInput("style", "style is action, or left out");
        }
        // Whom a text calls by name is found out when it is written.
        Content content = new Content(
                text(in, limits),
                style.isEmpty() ? Style.PLAIN : Style.ACTION,
                in.integer("replyTo"),
                in.integer("thread"),
                List.of(),
                in.json("data", MOST_DATA_BYTES));
        return new Command.Post(room, content, key(in));
    }

    static Command edit(JsonInput in, Limits limits) {
        Amendment edit = new Amendment.Edit(in.requiredInteger("seq"), text(in, limits), List.of());
        return new Command.Amend(room(in), edit, key(in));
    }

    static Command delete(JsonInput in) {
        return new Command.Amend(room(in), new Amendment.Delete(in.requiredInteger("seq")), Optional.empty());
    }

    static Command react(JsonInput in) {
        boolean on = in.bool("on").orElseThrow(() -> new InvalidInput("on", "on is missing"));
        Emoji emoji = Emoji.parse(in.requiredString("emoji"));
        Amendment react = new Amendment.React(in.requiredInteger("seq"), emoji, on);
        return new Command.Amend(room(in), react, Optional.empty());
    }

    static Command manage(JsonInput in) {
        JsonInput set = in.object("set").orElseThrow(() -> new InvalidInput("set", "only set is taken here"));
        for (String field : List.of("name", "archived", "slow", "history")) {
            if (set.has(field)) {
                throw new InvalidInput(field, "only the topic can be set here");
            }
        }
        String topic = TextRules.check("topic", set.requiredString("topic"), MOST_TOPIC_UNITS);
        if (topic.indexOf('\n') >= 0) {
            throw new InvalidInput("topic", "a topic is one line");
        }
        return new Command.Amend(room(in), new Amendment.SetTopic(topic), Optional.empty());
    }

    private static String text(JsonInput in, Limits limits) {
        String text = TextRules.check("text", in.requiredString("text"), limits.textLength());
        if (text.isBlank()) {
            throw new InvalidInput("text", "there is nothing in the text");
        }
        return text;
    }

    private static Optional<MessageKey> key(JsonInput in) {
        return in.string("key").map(MessageKey::parse);
    }

    private static RoomName room(JsonInput in) {
        return RoomName.parse(in.requiredString("room"));
    }
}
