package io.parley.room;

import io.parley.identity.SessionHash;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.identity.UserStore;
import io.parley.room.RoomLog.KeyRef;
import io.parley.room.RoomLog.KeyUse;
import io.parley.room.RoomLog.NewEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a log in memory holds at one moment. Confined to a transaction until it is committed, and not changed any more then. */
final class InMemoryState {
    /** A room and its entries. Immutable. */
    record Stored(RoomInfo info, List<Entry> entries) {}

    final TreeMap<RoomName, Stored> rooms = new TreeMap<>();
    final Map<RoomId, UserId> makers = new HashMap<>();
    final Map<UserId, Integer> authors = new HashMap<>();
    final Map<UserId, UserStore.StoredUser> users = new LinkedHashMap<>();
    final Map<SessionHash, UserId> sessions = new HashMap<>();
    final Set<SessionHash> revoked = new HashSet<>();
    final Map<KeyRef, KeyUse> keys = new HashMap<>();
    final Map<UserId, Map<RoomId, ReadMark>> marks = new HashMap<>();
    final Map<UserId, UserName> names = new HashMap<>();
    final Map<HookId, OutgoingHook> hooks = new LinkedHashMap<>();

    InMemoryState() {}

    InMemoryState(InMemoryState other) {
        rooms.putAll(other.rooms);
        makers.putAll(other.makers);
        authors.putAll(other.authors);
        users.putAll(other.users);
        sessions.putAll(other.sessions);
        revoked.addAll(other.revoked);
        keys.putAll(other.keys);
        marks.putAll(other.marks);
        names.putAll(other.names);
        hooks.putAll(other.hooks);
    }

    Stored byId(RoomId id) {
        return rooms.values().stream()
                .filter(room -> room.info.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new RoomLogException(
                        RoomLogException.Fault.REJECTED,
                        "a room could not be read",
                        new IllegalArgumentException("no room " + id.value())));
    }

    void add(NewEntry added) {
        Stored room = byId(added.room());
        if (added.entry().seq() != room.entries.size() + 1) {
            throw new IllegalArgumentException("entry " + added.entry().seq() + " does not come next");
        }
        List<Entry> longer = new ArrayList<>(room.entries);
        longer.add(added.entry());
        if (added.entry() instanceof Entry.Delete delete) {
            Fold.erase(longer, delete.of());
        }
        RoomInfo info = added.entry() instanceof Entry.Topic topic ? room.info.about(topic.topic()) : room.info;
        rooms.put(room.info.name(), new Stored(info, longer));
        if (added.entry().key().isPresent()) {
            Entry entry = added.entry();
            KeyRef key = new KeyRef(added.room(), added.author(), entry.key().get());
            if (keys.put(key, new KeyUse(entry.seq(), entry.at(), added.hash())) != null) {
                throw new IllegalArgumentException("a key is used twice");
            }
        }
    }

    UserId user(long number) {
        return authors.entrySet().stream()
                .filter(author -> author.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    ReadMark read(UserId user, RoomId room, long seq) {
        Map<RoomId, ReadMark> own = new HashMap<>(marks.getOrDefault(user, Map.of()));
        ReadMark known = own.get(room);
        if (known != null && known.seq() >= seq) {
            return known;
        }
        long messages = byId(room).entries().stream()
                .filter(entry -> entry.seq() <= seq && entry instanceof Entry.Message)
                .count();
        ReadMark mark = new ReadMark(seq, messages, users.containsKey(user));
        if (mark.stored()) {
            own.put(room, mark);
            marks.put(user, own);
        }
        return mark;
    }

    /** Gives a name to somebody, and takes it from a guest who was not seen for long. */
    void claim(UserName name, UserId claimant, Instant at) {
        if (holders(name, at).stream().anyMatch(holder -> !holder.equals(claimant))) {
            throw new NameHeldException();
        }
        names.values().removeIf(held -> isAlike(held, name));
        names.put(claimant, name);
    }

    Set<UserId> holders(UserName name, Instant at) {
        return names.entrySet().stream()
                .filter(held -> isAlike(held.getValue(), name) && isHeldBy(held.getKey(), at))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean isAlike(UserName one, UserName other) {
        return one.folded().equals(other.folded()) || one.looks().equals(other.looks());
    }

    /** Whether somebody still holds the name that they have; guests who were not seen for long do not. */
    boolean isHeldBy(UserId holder, Instant at) {
        UserStore.StoredUser known = users.get(holder);
        return known == null
                || !known.user().guest()
                || known.lastUsed().plus(UserStore.NAME_HELD).isAfter(at);
    }
}
