package io.parley.contract;

import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.room.Content;
import io.parley.room.Emoji;
import io.parley.room.Entry;
import io.parley.room.Fold;
import io.parley.room.MessageKey;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog.Messages;
import io.parley.room.RoomLog.Reacted;
import io.parley.room.RoomLog.Target;
import io.parley.room.RoomLog.ThreadPage;
import io.parley.room.RoomLog.Transaction;
import io.parley.room.StandingMessage;
import io.parley.room.Style;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every {@link io.parley.room.RoomLog} promises of edits, deletions, reactions, threads and topics. */
public abstract class AmendmentsContract extends LogContract {
    private static final User ANN = guest("Ann");
    private static final User BEN = guest("Ben");
    private static final Emoji WAVE = new Emoji("\uD83D\uDC4B");
    private static final Emoji YES = new Emoji("+1");
    private static final MessageKey KEY = new MessageKey("AAAAAAAAAAAAAAAAAAAAAA");

    @Test
    void everyKindOfEntryComesBackLetterForLetter() {
        Script script = new Script(book.open("lobby"));
        Content rich = new Content(
                "waves at \"all\"",
                Style.ACTION,
                OptionalLong.of(1),
                OptionalLong.of(1),
                List.of(BEN.id(), new UserId("x\"y")),
                Optional.of("{\"a\":[1,\"\\u0007\u4E2D\"],\"b\":null}"));
        List<Entry> written = List.of(
                script.add(ANN, (seq, at) -> new Entry.Message(seq, at, ANN, Content.plain("root"), Optional.empty())),
                script.add(ANN, (seq, at) -> new Entry.Message(seq, at, ANN, rich, Optional.of(new MessageKey("k")))),
                script.edit(ANN, 1, "root 2", KEY),
                script.add(
                        ANN,
                        (seq, at) ->
                                new Entry.Edit(seq, at, ANN, 2, Optional.of("x"), List.of(BEN.id()), Optional.empty())),
                script.react(BEN, 1, WAVE, true),
                script.react(BEN, 1, WAVE, false),
                script.topic(BEN, "all \u4E2D \"things\""));
        assertEquals(written, log.after(script.room.id(), 0, 100, ALL).entries());
        assertEquals("all \u4E2D \"things\"", book.room(script.room).topic());
        assertEquals(2, book.room(script.room).messages());
        assertEquals(7, book.room(script.room).head());
    }

    @Test
    void aPageShowsAMessageAsItStands() {
        Script script = new Script(book.open("lobby"));
        script.post(ANN, "one");
        script.post(ANN, "two");
        script.edit(ANN, 1, "one again", KEY);
        script.react(BEN, 1, WAVE, true);
        script.react(ANN, 1, WAVE, true);
        script.react(ANN, 1, YES, true);
        script.react(BEN, 2, YES, true);
        script.react(BEN, 2, YES, false);
        Messages page = script.newest(BEN);
        StandingMessage one = page.messages().get(0);
        assertEquals("one again", one.message().content().text());
        assertEquals(Optional.of(NOON), one.edited());
        assertEquals(new TreeMap<>(Map.of(WAVE, 2, YES, 1)), one.reactions());
        assertEquals(List.of(WAVE), one.mine());
        assertEquals(List.of(YES, WAVE), script.newest(ANN).messages().get(0).mine());
        assertEquals(List.of(), script.newest(guest("Eve")).messages().get(0).mine());
        assertTrue(page.messages().get(1).reactions().isEmpty());
        assertEquals(List.of(), page.messages().get(1).mine());
        assertEquals(8, page.room().head());
        assertFalse(page.more());
    }

    @Test
    void whatIsDeletedIsGoneFromPagesAndFromTheLog() {
        Script script = new Script(book.open("lobby"));
        Content secret = new Content(
                "secret",
                Style.ACTION,
                OptionalLong.of(1),
                OptionalLong.of(1),
                List.of(BEN.id()),
                Optional.of("\"secret\""));
        script.post(ANN, "root");
        script.add(ANN, (seq, at) -> new Entry.Message(seq, at, ANN, secret, Optional.of(KEY)));
        script.edit(ANN, 2, "secret again", new MessageKey("k2"));
        script.react(BEN, 2, WAVE, true);
        script.delete(ANN, 2);
        List<? extends Entry> entries = log.after(script.room.id(), 0, 100, ALL).entries();
        Entry.Message message = (Entry.Message) entries.get(1);
        assertTrue(message.deleted());
        assertEquals(
                new Content("", Style.PLAIN, OptionalLong.of(1), OptionalLong.of(1), List.of(), Optional.empty()),
                message.content());
        assertEquals(Optional.of(KEY), message.key(), "who sends it again learns where it is");
        assertEquals(
                new Entry.Edit(3, NOON, ANN, 2, Optional.empty(), List.of(), Optional.of(new MessageKey("k2"))),
                entries.get(2));
        assertEquals(new Entry.Delete(5, NOON, ANN, 2), entries.get(4));
        StandingMessage standing = script.newest(BEN).messages().get(1);
        assertEquals(new StandingMessage(message, Optional.empty(), new TreeMap<>(), 0, List.of()), standing);
    }

    @Test
    void aThreadHasItsRootAndWhatHangsBelowIt() {
        Script script = new Script(book.open("lobby"));
        script.post(ANN, "root");
        script.post(ANN, "beside");
        for (int i = 1; i <= 5; i++) {
            script.reply(BEN, 1, "below " + i);
        }
        script.edit(BEN, 4, "below two", KEY);
        script.delete(BEN, 5);
        script.delete(ANN, 1);
        ThreadPage thread = script.thread(1, Long.MAX_VALUE, 3);
        assertTrue(thread.root().message().deleted());
        assertEquals(5, thread.root().replies(), "the deleted ones have their place");
        assertEquals(List.of("", "below 4", "below 5"), Logbook.texts(thread.page()));
        assertTrue(thread.page().more());
        assertEquals(10, thread.page().room().head());
        ThreadPage older = script.thread(1, 5, 3);
        assertEquals(List.of("below 1", "below two"), Logbook.texts(older.page()));
        assertFalse(older.page().more());
        assertEquals(List.of(), script.thread(2, Long.MAX_VALUE, 3).page().messages());
        for (long none : new long[] {0, 3, 8, 11}) {
            assertEquals(Optional.empty(), log.thread(script.room.id(), ANN.id(), none, Long.MAX_VALUE, 3, ALL));
        }
    }

    @Test
    void aTransactionSeesWhatItHasWritten() {
        RoomInfo room = book.open("lobby");
        Script script = new Script(room);
        script.post(ANN, "one");
        script.reply(ANN, 1, "below");
        try (Transaction transaction = log.begin()) {
            long ann = transaction.author(ANN, Optional.empty(), NOON);
            assertEquals(
                    Optional.of(new Target(ann, "one", OptionalLong.empty(), OptionalLong.empty(), true, 0)),
                    transaction.target(room.id(), 1));
            assertFalse(transaction.target(room.id(), 2).orElseThrow().isRoot());
            assertEquals(Optional.empty(), transaction.target(room.id(), 3));
            script.within(
                    transaction,
                    ANN,
                    (seq, at) -> new Entry.Edit(seq, at, ANN, 1, Optional.of("two"), List.of(), Optional.empty()));
            script.within(transaction, ANN, (seq, at) -> new Entry.Reaction(seq, at, ANN, 1, WAVE, true));
            assertEquals(
                    Optional.of(new Target(ann, "two", OptionalLong.of(3), OptionalLong.empty(), true, 1)),
                    transaction.target(room.id(), 1));
            assertEquals(Optional.empty(), transaction.target(room.id(), 3), "an edit is no message");
            assertEquals(Optional.of(new Reacted(4, true)), transaction.reacted(room.id(), 1, ann, WAVE));
            assertEquals(Optional.empty(), transaction.reacted(room.id(), 1, ann, YES));
            assertTrue(transaction.bears(room.id(), 1, WAVE));
            assertFalse(transaction.bears(room.id(), 1, YES));
            script.within(transaction, ANN, (seq, at) -> new Entry.Reaction(seq, at, ANN, 1, WAVE, false));
            script.within(transaction, ANN, (seq, at) -> new Entry.Delete(seq, at, ANN, 1));
            assertEquals(Optional.of(new Reacted(5, false)), transaction.reacted(room.id(), 1, ann, WAVE));
            assertFalse(transaction.bears(room.id(), 1, WAVE));
            Target deleted = transaction.target(room.id(), 1).orElseThrow();
            assertEquals(OptionalLong.of(6), deleted.deleted());
            assertEquals("", deleted.text());
            assertEquals(Optional.of(Logbook.MAKER), transaction.maker(room.id()));
        }
        assertEquals(
                "one", script.newest(ANN).messages().get(0).message().content().text());
        assertFalse(script.newest(ANN).messages().get(0).message().deleted());
    }

    @Test
    void pagesAreTheLogFoldedAfreshWhateverWasDone() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Script script = new Script(book.open("lobby"));
        script.post(ANN, "first");
        for (int i = 0; i < 300; i++) {
            script.anything(random);
        }
        List<Entry> all = List.copyOf(log.after(script.room.id(), 0, 1_000, ALL).entries());
        for (User reader : List.of(ANN, BEN)) {
            Fold fold = new Fold(all, reader.id());
            Messages page = log.messagesBefore(script.room.id(), reader.id(), Long.MAX_VALUE, 1_000, ALL);
            for (StandingMessage message : page.messages()) {
                assertEquals(fold.message(message.message().seq()).orElseThrow(), message, "seed " + seed);
            }
            assertEquals(
                    all.stream().filter(entry -> entry instanceof Entry.Message).count(),
                    page.messages().size());
        }
        assertEquals(all.size(), page(script).room().head());
    }

    private Messages page(Script script) {
        return script.newest(ANN);
    }

    /** Writes one entry after another into a room. Confined to one test. */
    private final class Script {
        final RoomInfo room;
        private final Map<Long, Boolean> open = new HashMap<>();
        private final Map<String, Boolean> reactions = new HashMap<>();
        private long seq;
        private long ordinal;

        Script(RoomInfo room) {
            this.room = room;
        }

        interface Maker {
            Entry make(long seq, java.time.Instant at);
        }

        Entry add(User author, Maker maker) {
            try (Transaction transaction = log.begin()) {
                Entry entry = within(transaction, author, maker);
                transaction.commit();
                return entry;
            }
        }

        Entry within(Transaction transaction, User author, Maker maker) {
            Entry entry = maker.make(++seq, NOON);
            ordinal += entry instanceof Entry.Message ? 1 : 0;
            Logbook.append(transaction, room.id(), author, ordinal, entry);
            return entry;
        }

        Entry post(User author, String text) {
            return add(
                    author, (at, when) -> new Entry.Message(at, when, author, Content.plain(text), Optional.empty()));
        }

        Entry reply(User author, long root, String text) {
            Content content = new Content(
                    text, Style.PLAIN, OptionalLong.empty(), OptionalLong.of(root), List.of(), Optional.empty());
            return add(author, (at, when) -> new Entry.Message(at, when, author, content, Optional.empty()));
        }

        Entry edit(User author, long of, String text, MessageKey key) {
            return add(
                    author,
                    (at, when) -> new Entry.Edit(at, when, author, of, Optional.of(text), List.of(), Optional.of(key)));
        }

        Entry delete(User author, long of) {
            return add(author, (at, when) -> new Entry.Delete(at, when, author, of));
        }

        Entry react(User author, long of, Emoji emoji, boolean on) {
            return add(author, (at, when) -> new Entry.Reaction(at, when, author, of, emoji, on));
        }

        Entry topic(User author, String topic) {
            return add(author, (at, when) -> new Entry.Topic(at, when, author, topic));
        }

        Messages newest(User reader) {
            return log.messagesBefore(room.id(), reader.id(), Long.MAX_VALUE, 1_000, ALL);
        }

        ThreadPage thread(long root, long before, int limit) {
            return log.thread(room.id(), BEN.id(), root, before, limit, ALL).orElseThrow();
        }

        /** Something that may follow what is there. */
        void anything(Random random) {
            User author = random.nextBoolean() ? ANN : BEN;
            List<Long> messages = new ArrayList<>(open.keySet());
            if (messages.isEmpty() || random.nextInt(4) == 0) {
                Entry posted = random.nextBoolean() ? post(author, "text " + seq) : reply(author, 1, "below " + seq);
                open.put(posted.seq(), true);
                return;
            }
            long of = messages.get(random.nextInt(messages.size()));
            switch (random.nextInt(8)) {
                case 0 -> {
                    delete(author, of);
                    open.remove(of);
                }
                case 1, 2 ->
                    add(
                            author,
                            (at, when) -> new Entry.Edit(
                                    at, when, author, of, Optional.of("edit " + at), List.of(), Optional.empty()));
                default -> {
                    Emoji emoji = random.nextBoolean() ? WAVE : YES;
                    String what = of + author.name().value() + emoji;
                    boolean on = !reactions.getOrDefault(what, false);
                    reactions.put(what, on);
                    react(author, of, emoji, on);
                }
            }
        }
    }
}
