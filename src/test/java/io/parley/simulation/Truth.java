package io.parley.simulation;

import io.parley.identity.UserId;
import io.parley.room.Entry;
import io.parley.room.Fold;
import io.parley.room.MessageKey;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomName;
import io.parley.room.StandingMessage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is committed: everything that anybody is shown is held against it. Confined to the simulation's thread. */
final class Truth {
    private static final UserId NOBODY = new UserId("nobody");
    private static final int ALL = Integer.MAX_VALUE;
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private final RoomLog log;
    private final Schedule schedule;
    private final Map<String, List<Entry>> committed = new HashMap<>();
    private final Map<String, JsonObject> parsed = new HashMap<>();

    Truth(RoomLog log, Schedule schedule) {
        this.log = log;
        this.schedule = schedule;
    }

    /** The objects of a frame; the same line is read once for all who get it. */
    List<JsonObject> lines(String text) {
        List<JsonObject> lines = new ArrayList<>();
        text.lines().forEach(line -> lines.add(parsed.computeIfAbsent(line, Truth::parse)));
        return lines;
    }

    /** Everything that is committed in a room, in its order; empty when there is no such room. */
    List<Entry> entries(String room) {
        List<Entry> known = committed.computeIfAbsent(room, name -> new ArrayList<>());
        Optional<RoomInfo> info = log.find(new RoomName(room));
        if (info.isPresent() && info.get().head() > known.size()) {
            known.addAll(log.after(info.get().id(), known.size(), ALL, ALL).entries());
        }
        return known;
    }

    long head(String room) {
        return entries(room).size();
    }

    /** Somebody is shown an entry, as an event or in a page. */
    void shown(JsonObject line) {
        String room = line.getString("room");
        long seq = seqOf(line);
        List<Entry> entries = entries(room);
        if (seq < 1 || seq > entries.size()) {
            schedule.violated("shown before it was committed, with the head at " + entries.size() + ": " + line);
            return;
        }
        Entry entry = entries.get((int) seq - 1);
        boolean same = entry.seq() == seq
                && line.getString("at").equals(time(entry.at()))
                && line.getJsonObject("from")
                        .getString("id")
                        .equals(entry.from().id().value())
                && isSame(entry, line);
        schedule.require(same, "shown otherwise than it is in the log: " + line + " is " + entry);
    }

    /** Somebody was told that a write is safe. */
    void acknowledged(String room, long seq, String key) {
        List<Entry> entries = entries(room);
        boolean holds = seq >= 1 && seq <= entries.size() && key.equals(keyOf(entries.get((int) seq - 1)));
        schedule.require(holds, "acknowledged but not in the log: " + key + " as " + seq + " of " + room);
    }

    /** Holds the logs against what their authors were told. */
    void check(Map<String, Post> posts) {
        Map<String, Long> found = new HashMap<>();
        committed.keySet().forEach(room -> {
            for (Entry entry : entries(room)) {
                String key = keyOf(entry);
                if (!(entry instanceof Entry.Message)) {
                    continue;
                }
                Long before = found.put(key, entry.seq());
                schedule.require(before == null, "stored twice: " + key + " in " + room);
                schedule.require(posts.containsKey(key), "stored but never posted: " + entry);
            }
        });
        posts.values().forEach(post -> {
            if (post.seq() > 0) {
                acknowledged(post.room(), post.seq(), post.key());
            }
        });
    }

    static long seqOf(JsonObject line) {
        return line.getJsonNumber("seq").longValue();
    }

    /** The messages of a room from a {@code seq} on, the log folded afresh. */
    Map<Long, String> folded(String room, long first) {
        // What a deletion takes back changes entries that were read before.
        committed.remove(room);
        List<Entry> entries = entries(room);
        Fold fold = new Fold(entries, NOBODY);
        Map<Long, String> messages = new TreeMap<>();
        for (long seq = first; seq <= entries.size(); seq++) {
            fold.message(seq).ifPresent(found -> messages.put(found.message().seq(), told(found)));
        }
        return messages;
    }

    /** How many messages a room has up to a head. */
    long messages(String room, long head) {
        return entries(room).stream()
                .filter(entry -> entry.seq() <= head && entry instanceof Entry.Message)
                .count();
    }

    private static String told(StandingMessage standing) {
        View.Standing told = new View.Standing(
                standing.message().content().text(), standing.message().deleted());
        standing.reactions().forEach((emoji, count) -> told.react(emoji.value(), count));
        return told.toString();
    }

    /** Erasing comes in between at any time: a text may have gone on its way before, but nothing may come instead of it. */
    private static boolean isSame(Entry entry, JsonObject line) {
        boolean sameText = true;
        if (entry instanceof Entry.Message message && !message.deleted()) {
            sameText = !line.containsKey("text")
                    || line.getString("text").equals(message.content().text());
        } else if (entry instanceof Entry.Edit edit && edit.text().isPresent()) {
            sameText = !line.containsKey("text")
                    || line.getString("text").equals(edit.text().get());
        } else if (entry instanceof Entry.Reaction reaction) {
            sameText = line.getBoolean("on") == reaction.on();
        }
        String type = entry.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return sameText
                && line.getString("type").equals(type)
                && line.getString("key", "").equals(keyOf(entry));
    }

    private static String keyOf(Entry entry) {
        return entry.key().map(MessageKey::value).orElse("");
    }

    private static String time(Instant at) {
        String iso = at.toString();
        return iso.contains(".") ? iso : iso.replace("Z", ".000Z");
    }

    private static JsonObject parse(String line) {
        try (JsonReader reader = READERS.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }
}
