package io.parley.room;

import io.parley.identity.UserId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an author wrote, apart from who, where and when. Immutable.
 *
 * @param text checked against the text rules by whoever took it in
 * @param replyTo the message that it answers
 * @param thread the message that it hangs below, which hangs below none itself
 * @param mentions whom the text calls by name
 * @param data JSON for bots, as one line
 */
public record Content(
        String text,
        Style style,
        OptionalLong replyTo,
        OptionalLong thread,
        List<UserId> mentions,
        Optional<String> data) {
    static final int MENTION_WEIGHT = 140;

    public Content {
        mentions = List.copyOf(mentions);
    }

    public Content(String text, Style style) {
        this(text, style, OptionalLong.empty(), OptionalLong.empty(), List.of(), Optional.empty());
    }

    /** Something said. */
    public static Content plain(String text) {
        return new Content(text, Style.PLAIN);
    }

    /** Whether it names other messages, which must then be there. */
    boolean refers() {
        return replyTo.isPresent() || thread.isPresent();
    }

    /** The same as it was put later. */
    Content edited(String other, List<UserId> mentioned) {
        return new Content(other, style, replyTo, thread, mentioned, data);
    }

    /** The same with those who are called in it. */
    public Content mentioning(List<UserId> mentioned) {
        return new Content(text, style, replyTo, thread, mentioned, data);
    }

    /** What remains when it is deleted: where it hung, and nothing of what was said. */
    Content erased() {
        return new Content("", Style.PLAIN, replyTo, thread, List.of(), Optional.empty());
    }

    /** About how many bytes it takes in memory. */
    int weight() {
        return 2 * text.length()
                + MENTION_WEIGHT * mentions.size()
                + 2 * data.map(String::length).orElse(0);
    }
}
