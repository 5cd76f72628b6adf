package io.parley.room;

import io.parley.identity.UserId;
import java.util.List;

/** What somebody wants to make of a room or of a message in it, other than saying something new. Immutable. */
public sealed interface Amendment {

    /** About how many bytes it adds to a group. */
    default int weight() {
        return 0;
    }

    /** One's own message put otherwise. */
    record Edit(long of, String text, List<UserId> mentions) implements Amendment {
        public Edit {
            mentions = List.copyOf(mentions);
        }

        @Override
        public int weight() {
            return text.length();
        }
    }

    /** One's own message taken back. */
    record Delete(long of) implements Amendment {}

    /** A sign put to a message, or taken from it. */
    record React(long of, Emoji emoji, boolean on) implements Amendment {}

    /** What the room is about; for whoever made it. */
    record SetTopic(String topic) implements Amendment {
        @Override
        public int weight() {
            return topic.length();
        }
    }
}
