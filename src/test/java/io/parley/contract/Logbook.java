package io.parley.contract;

import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.room.Content;
import io.parley.room.ContentHash;
import io.parley.room.Entry;
import io.parley.room.MessageKey;
import io.parley.room.RoomId;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomLog.HeadMove;
import io.parley.room.RoomLog.KeyRef;
import io.parley.room.RoomLog.NewEntry;
import io.parley.room.RoomLog.Transaction;
import io.parley.room.RoomName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Writes to a log as the committer would, in words that suit a test. Confined to one test. */
public final class Logbook {
    /** When everything happens that says nothing else. */
    public static final Instant NOON = Instant.parse("2026-11-01T12:00:00.123Z");

    /** Who makes every room here. */
    public static final UserId MAKER = new UserId("maker");

    private final RoomLog log;

    public Logbook(RoomLog log) {
        this.log = log;
    }

    /** A guest whose id, name and session are made of one word. */
    public static User guest(String word) {
        return User.guest(new UserId("g-" + word), new UserName(word));
    }

    public static Optional<SessionHash> session(String word) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) word.hashCode());
        return Optional.of(new SessionHash(bytes));
    }

    public RoomInfo open(String name) {
        return open(name, NOON);
    }

    public RoomInfo open(String name, Instant at) {
        try (Transaction transaction = log.begin()) {
            RoomInfo room = transaction.open(new RoomName(name), MAKER, at);
            transaction.commit();
            return room;
        }
    }

    public RoomInfo room(RoomInfo known) {
        return log.find(known.name()).orElseThrow();
    }

    /** Stores one message for each text, from one author, without keys. */
    public void post(RoomInfo room, User author, String... texts) {
        post(room, author, NOON, Arrays.stream(texts).map(Content::plain).toList());
    }

    public void post(RoomInfo room, User author, Instant at, List<Content> contents) {
        try (Transaction transaction = log.begin()) {
            append(transaction, room.id(), author, at, contents, List.of());
            transaction.commit();
        }
    }

    public void post(RoomInfo room, User author, Content content, MessageKey key) {
        try (Transaction transaction = log.begin()) {
            append(transaction, room.id(), author, NOON, List.of(content), List.of(key));
            transaction.commit();
        }
    }

    /** Adds messages and moves the head, within a transaction that the caller ends. */
    public static List<NewEntry> append(
            Transaction transaction,
            RoomId id,
            User author,
            Instant at,
            List<Content> contents,
            List<MessageKey> keys) {
        long number = transaction.author(author, session(author.name().value()), at);
        RoomInfo room = transaction.lock(new TreeSet<>(List.of(id))).get(id);
        if (room == null) {
            throw new IllegalArgumentException("no such room");
        }
        List<NewEntry> entries = new ArrayList<>();
        long seq = room.head();
        long ordinal = room.messages();
        for (Content content : contents) {
            Optional<MessageKey> key = keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(entries.size()));
            Entry entry = new Entry.Message(++seq, at, author, content, key);
            entries.add(new NewEntry(id, number, ++ordinal, ContentHash.of(content), entry));
        }
        transaction.keys(keys.stream().map(key -> new KeyRef(id, number, key)).toList());
        transaction.append(entries);
        transaction.moveHeads(List.of(new HeadMove(id, seq, ordinal, at)));
        return entries;
    }

    /** Adds one entry, whose place the caller knows, and moves the head, within a transaction that the caller ends. */
    public static void append(Transaction transaction, RoomId id, User author, long ordinal, Entry entry) {
        long number = transaction.author(author, session(author.name().value()), entry.at());
        transaction.keys(
                entry.key().stream().map(key -> new KeyRef(id, number, key)).toList());
        transaction.append(List.of(new NewEntry(id, number, ordinal, 0, entry)));
        transaction.moveHeads(List.of(new HeadMove(id, entry.seq(), ordinal, entry.at())));
    }

    /** What was stored under keys of one author in one room. */
    public Map<KeyRef, RoomLog.KeyUse> uses(RoomInfo room, User author, List<MessageKey> keys) {
        try (Transaction transaction = log.begin()) {
            long number = transaction.author(author, Optional.empty(), NOON);
            return transaction.keys(
                    keys.stream().map(key -> new KeyRef(room.id(), number, key)).toList());
        }
    }

    /** The texts of a page of messages as they stand, in its order. */
    public static List<String> texts(RoomLog.Messages page) {
        return page.messages().stream()
                .map(standing -> standing.message().content().text())
                .toList();
    }

    /** The texts of a page, in its order. */
    public static List<String> texts(RoomLog.Page page) {
        return page.entries().stream()
                .map(entry -> ((Entry.Message) entry).content().text())
                .toList();
    }
}
