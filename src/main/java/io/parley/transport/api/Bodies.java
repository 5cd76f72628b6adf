package io.parley.transport.api;

import io.parley.delivery.Command;
import io.parley.room.Content;
import io.parley.room.RoomName;
import io.parley.room.Style;
import io.parley.text.InvalidInput;
import io.parley.text.JsonInput;
import io.parley.text.TextRules;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes a message of whatever was published (protocol §5, channels). Thread-safe. */
final class Bodies {
    private static final int MOST_DATA_BYTES = 4 * 1024;
    private static final String DATA = "data";

    private final ApiDoor door;

    Bodies(ApiDoor door) {
        this.door = door;
    }

    /** An object with a text is that message; other JSON goes along as data; anything else is the text itself. */
    Command.Post post(RoomName room, String body) {
        Optional<JsonInput> json = JsonInput.any(DATA, body, door.limits().jsonDepth());
        if (json.isEmpty() || !json.get().has(DATA)) {
            return new Command.Post(room, Content.plain(text(body)), Optional.empty());
        }
        if (json.get().isObject(DATA)) {
            Optional<JsonInput> object = json.get().object(DATA);
            if (object.isPresent() && object.get().isString("text")) {
                return door.json().post(room, object.get());
            }
        }
        Optional<String> data = json.get().json(DATA, MOST_DATA_BYTES);
        String text = json.get().isString(DATA) ? json.get().requiredString(DATA) : data.orElse("");
        Content content =
                new Content(text(text), Style.PLAIN, OptionalLong.empty(), OptionalLong.empty(), List.of(), data);
        return new Command.Post(room, content, Optional.empty());
    }

    /**
     * A text that may be said.
     *
     * @throws InvalidInput when it may not
     */
    String text(String said) {
        String text = TextRules.check("text", said, door.limits().textLength());
        if (text.isBlank()) {
            throw new InvalidInput("text", "there is nothing in the text");
        }
        return text;
    }
}
