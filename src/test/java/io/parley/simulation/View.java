package io.parley.simulation;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client has of a room: what it knows from pages, with the events folded into it. Confined to the simulation's thread.
 *
 * <p>It outlives connections; where it ends is the client's position. Events that were folded already come again after going back, and
 * change nothing.
 */
final class View {
    private final TreeMap<Long, Standing> messages = new TreeMap<>();
    private String epoch = "";
    private long first = 1;
    private long position;
    private long folded;

    String epoch() {
        return epoch;
    }

    /** Its first entry, if it had one. */
    long first() {
        return first;
    }

    long position() {
        return position;
    }

    /** The messages as they stand, in words that can be compared. */
    Map<Long, String> messages() {
        Map<Long, String> told = new TreeMap<>();
        messages.forEach((seq, standing) -> told.put(seq, standing.toString()));
        return told;
    }

    /** Begins anew, after a position. */
    void begin(String newEpoch, long after) {
        epoch = newEpoch;
        messages.clear();
        first = after + 1;
        position = after;
        folded = after;
    }

    /** Goes back to a position. */
    void goBack(long after) {
        if (after < first - 1 || after > position) {
            begin(epoch, after);
        }
        position = after;
    }

    /** Takes a message of a page that begins no later than it. */
    void know(JsonObject message) {
        long seq = Truth.seqOf(message);
        first = Math.min(first, seq);
        Standing standing = new Standing(message.getString("text", ""), message.getBoolean("deleted", false));
        if (message.containsKey("reactions")) {
            JsonObject counts = message.getJsonObject("reactions");
            counts.keySet().forEach(emoji -> standing.reactions.put(emoji, counts.getInt(emoji)));
        }
        messages.put(seq, standing);
    }

    /** Takes the next entry. */
    void add(JsonObject event) {
        position = Truth.seqOf(event);
        if (position <= folded) {
            return;
        }
        folded = position;
        if (event.getString("type").equals("message")) {
            know(event);
            return;
        }
        @Nullable Standing target = messages.get(event.getJsonNumber("of").longValue());
        if (target == null || target.deleted) {
            return;
        }
        switch (event.getString("type")) {
            case "edit" -> target.text = event.getString("text", target.text);
            case "delete" -> target.delete();
            case "reaction" -> target.react(event.getString("emoji"), event.getBoolean("on") ? 1 : -1);
            default -> {}
        }
    }

    /** A message with what has become of it. */
    static final class Standing {
        private final Map<String, Integer> reactions = new TreeMap<>();
        private String text;
        private boolean deleted;

        Standing(String text, boolean deleted) {
            this.text = text;
            this.deleted = deleted;
        }

        void delete() {
            text = "";
            deleted = true;
            reactions.clear();
        }

        void react(String emoji, int by) {
            reactions.merge(emoji, by, Integer::sum);
            reactions.values().removeIf(count -> count == 0);
        }

        @Override
        public String toString() {
            return deleted ? "deleted" : text + " " + reactions;
        }
    }
}
