package io.parley.room;

/**
 * What an author wrote, apart from who, where and when. Immutable.
 *
 * @param text checked against the text rules by whoever took it in
 */
public record Content(String text, Style style) {

    /** Something said. */
    public static Content plain(String text) {
        return new Content(text, Style.PLAIN);
    }
}
