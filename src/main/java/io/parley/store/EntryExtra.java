package io.parley.store;

import io.parley.identity.UserId;
import io.parley.room.Content;
import io.parley.room.Entry;
import io.parley.room.Style;
import io.parley.text.JsonInput;
import io.parley.text.JsonText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What only few entries have, as the JSON object in their row. Immutable.
 *
 * <p>A plain message has none, and nothing is parsed for it.
 *
 * @param key the text of a key of which only a hash is stored
 * @param deleted whether what was said is gone
 */
record EntryExtra(
        Optional<String> key,
        Style style,
        OptionalLong replyTo,
        List<UserId> mentions,
        Optional<String> data,
        boolean deleted) {
    /** Takes what was said out of a row, and says so; the place in the talk and the key stay. */
    static final String ERASE =
            "extra = json_set(json_remove(coalesce(extra, '{}'), '$.style', '$.mentions', '$.data'),"
                    + " '$.deleted', json('true'))";

    private static final String ACTION = "action";
    private static final int MOST_DEPTH = 4;

    private static final EntryExtra NONE =
            new EntryExtra(Optional.empty(), Style.PLAIN, OptionalLong.empty(), List.of(), Optional.empty(), false);

    static EntryExtra parse(@Nullable String stored) {
        if (stored == null) {
            return NONE;
        }
        JsonInput json = JsonInput.parse(stored, MOST_DEPTH);
        return new EntryExtra(
                json.string("key"),
                json.string("style").map(EntryExtra::style).orElse(Style.PLAIN),
                json.integer("replyTo"),
                json.strings("mentions").stream().map(UserId::new).toList(),
                json.string("data"),
                json.bool("deleted").orElse(false));
    }

    /** @param storedKey the key as it lies in its column */
    static @Nullable String of(Entry entry, byte @Nullable [] storedKey) {
        Optional<String> key = storedKey != null && StoredKey.isHashed(storedKey)
                ? entry.key().map(known -> known.value())
                : Optional.empty();
        if (entry instanceof Entry.Message message) {
            Content content = message.content();
            return text(key, content.style(), content.replyTo(), content.mentions(), content.data());
        }
        if (entry instanceof Entry.Edit edit) {
            return text(key, Style.PLAIN, OptionalLong.empty(), edit.mentions(), Optional.empty());
        }
        return null;
    }

    private static @Nullable String text(
            Optional<String> key, Style style, OptionalLong replyTo, List<UserId> mentions, Optional<String> data) {
        if (key.isEmpty() && style == Style.PLAIN && replyTo.isEmpty() && mentions.isEmpty() && data.isEmpty()) {
            return null;
        }
        JsonText json = new JsonText().object();
        key.ifPresent(value -> json.field("key", value));
        if (style == Style.ACTION) {
            json.field("style", ACTION);
        }
        replyTo.ifPresent(seq -> json.field("replyTo", seq));
        if (!mentions.isEmpty()) {
            json.array("mentions");
            mentions.forEach(user -> json.element(user.value()));
            json.endArray();
        }
        // As a string: what comes back is then what went in, letter for letter.
        data.ifPresent(value -> json.field("data", value));
        return json.endObject().toString();
    }

    private static Style style(String stored) {
        if (stored.equals(ACTION)) {
            return Style.ACTION;
        }
        throw new IllegalStateException("a style that is not known: " + stored);
    }
}
