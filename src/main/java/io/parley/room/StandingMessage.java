package io.parley.room;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A message as it stands at some head of its room (protocol §4, pages). Immutable.
 *
 * @param message with the text of its last edit; without any when it was deleted
 * @param edited when it was last edited
 * @param reactions how many stand by each sign; none when it was deleted
 * @param replies how many messages hang below it, the deleted ones among them
 * @param mine the signs of whoever reads
 */
public record StandingMessage(
        Entry.Message message,
        Optional<Instant> edited,
        SortedMap<Emoji, Integer> reactions,
        long replies,
        List<Emoji> mine) {
    private static final int REACTION_WEIGHT = 100;

    public StandingMessage {
        reactions = Collections.unmodifiableSortedMap(new TreeMap<>(reactions));
        mine = List.copyOf(mine);
    }

    /** A message of which nothing has become. */
    public static StandingMessage untouched(Entry.Message message) {
        return new StandingMessage(message, Optional.empty(), Collections.emptySortedMap(), 0, List.of());
    }

    /** About how many bytes it takes in memory. */
    public int weight() {
        return message.weight() + REACTION_WEIGHT * (reactions.size() + mine.size());
    }
}
