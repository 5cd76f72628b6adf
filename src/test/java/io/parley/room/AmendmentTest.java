package io.parley.room;

import static io.parley.contract.Logbook.MAKER;
import static io.parley.contract.Logbook.NOON;
import static io.parley.contract.Logbook.guest;
import static io.parley.contract.Logbook.session;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.contract.Logbook;
import io.parley.identity.User;
import io.parley.identity.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the committer makes of edits, deletions, reactions, references and topics. */
class AmendmentTest extends CommitterFixture {
    private static final Emoji WAVE = new Emoji("\uD83D\uDC4B");

    @Test
    void anEditOfOnesOwnMessageIsAnEntryAboutIt() {
        committer.start();
        answer(post(lobby, ANN, "one"));
        assertEquals(new Written.Stored(2, NOON, false), edit(ANN, 1, "two"));
        assertEquals("two", newest().get(0).message().content().text());
        assertEquals(2, lobby.head());
    }

    @Test
    @Covers("entry-own")
    void anothersMessageIsNeitherEditedNorDeleted() {
        committer.start();
        answer(post(lobby, ANN, "one"));
        assertEquals(refused(Written.Reason.NOT_YOURS), edit(BEN, 1, "two"));
        assertEquals(refused(Written.Reason.NOT_YOURS), delete(BEN, 1));
        assertEquals(1, lobby.head());
    }

    @Test
    @Covers("entry-target")
    void whatIsNotThereCannotBeChangedAnsweredOrHungBelow() {
        committer.start();
        answer(post(lobby, ANN, "one"));
        edit(ANN, 1, "two");
        answer(post(den, ANN, "in the den"));
        answer(post(den, ANN, "in the den too"));
        answer(post(den, ANN, "and again"));
        for (long none : new long[] {0, 2, 3, Long.MAX_VALUE}) {
            assertEquals(refused(Written.Reason.NO_SUCH_MESSAGE), edit(ANN, none, "x"), "edit " + none);
            assertEquals(refused(Written.Reason.NO_SUCH_MESSAGE), delete(ANN, none), "delete " + none);
            assertEquals(refused(Written.Reason.NO_SUCH_MESSAGE), react(ANN, none, true), "react " + none);
            assertEquals(refused(Written.Reason.NO_SUCH_MESSAGE), refer(OptionalLong.of(none), OptionalLong.empty()));
            assertEquals(refused(Written.Reason.NO_SUCH_MESSAGE), refer(OptionalLong.empty(), OptionalLong.of(none)));
        }
        assertEquals(2, lobby.head());
    }

    @Test
    @Covers({"entry-target", "entry-thread"})
    void whatIsDeletedIsThereNoMore() {
        committer.start();
        answer(post(lobby, ANN, "one"));
        assertEquals(new Written.Stored(2, NOON, false), delete(ANN, 1));
        assertEquals(refused(Written.Reason.NO_SUCH_MESSAGE), edit(ANN, 1, "two"));
        assertEquals(refused(Written.Reason.NO_SUCH_MESSAGE), react(BEN, 1, true));
        assertEquals(refused(Written.Reason.NO_SUCH_MESSAGE), refer(OptionalLong.of(1), OptionalLong.empty()));
        assertEquals(
                new Written.Stored(3, NOON, false),
                refer(OptionalLong.empty(), OptionalLong.of(1)),
                "a thread goes on without its root");
    }

    @Test
    @Covers({"react-never", "write-nothing"})
    void whatWouldChangeNothingStoresNothingAndTellsWhatMadeItSo() {
        committer.start();
        answer(post(lobby, ANN, "one"));
        assertEquals(new Written.Unchanged(1), edit(ANN, 1, "one"));
        edit(ANN, 1, "two");
        assertEquals(new Written.Unchanged(2), edit(ANN, 1, "two"));
        assertEquals(new Written.Unchanged(1), react(BEN, 1, false));
        react(BEN, 1, true);
        assertEquals(new Written.Unchanged(3), react(BEN, 1, true));
        react(BEN, 1, false);
        assertEquals(new Written.Unchanged(4), react(BEN, 1, false));
        delete(ANN, 1);
        assertEquals(new Written.Unchanged(5), delete(ANN, 1));
        assertEquals(5, lobby.head());
    }

    @Test
    @Covers("edit-key")
    void anEditsKeyIsItsOwn() {
        committer.start();
        answer(post(lobby, ANN, "one"));
        answer(post(lobby, ANN, "one more", KEY));
        MessageKey key = new MessageKey("edit");
        assertEquals(new Written.Stored(3, NOON, false), edit(ANN, 1, "two", key));
        edit(ANN, 1, "three");
        assertEquals(new Written.Stored(3, NOON, true), edit(ANN, 1, "two", key));
        assertEquals(refused(Written.Reason.KEY_CONFLICT), edit(ANN, 1, "four", key));
        assertEquals(refused(Written.Reason.KEY_CONFLICT), edit(ANN, 2, "two", key));
        assertEquals(refused(Written.Reason.KEY_CONFLICT), edit(ANN, 1, "one more", KEY), "a post's key");
        assertEquals(refused(Written.Reason.KEY_CONFLICT), answer(post(lobby, ANN, "two", key)), "an edit's key");
        assertEquals("three", newest().get(0).message().content().text());
        delete(ANN, 1);
        assertEquals(new Written.Stored(3, NOON, true), edit(ANN, 1, "two", key), "what was acknowledged stays so");
        assertEquals("", newest().get(0).message().content().text());
    }

    @Test
    void oneGroupIsJudgedInItsOrder() {
        List<CompletableFuture<Written>> answers = new ArrayList<>();
        answers.add(post(lobby, ANN, "one"));
        answers.add(submit(amend(ANN, new Amendment.Edit(1, "two", List.of()), Optional.empty())));
        answers.add(submit(amend(ANN, new Amendment.React(1, WAVE, true), Optional.empty())));
        answers.add(submit(amend(ANN, new Amendment.React(1, WAVE, true), Optional.empty())));
        answers.add(submit(amend(ANN, new Amendment.Delete(1), Optional.empty())));
        answers.add(submit(amend(ANN, new Amendment.Edit(1, "three", List.of()), Optional.empty())));
        answers.add(post(lobby, ANN, "after"));
        committer.start();
        assertEquals(
                List.of(
                        new Written.Stored(1, NOON, false),
                        new Written.Stored(2, NOON, false),
                        new Written.Stored(3, NOON, false),
                        new Written.Unchanged(3),
                        new Written.Stored(4, NOON, false),
                        refused(Written.Reason.NO_SUCH_MESSAGE),
                        new Written.Stored(5, NOON, false)),
                answers.stream().map(CommitterFixture::answer).toList());
        assertEquals(5, lobby.head());
        assertEquals(2, log.find(lobby.name()).orElseThrow().messages());
    }

    @Test
    @Covers("emoji-limits")
    void aMessageBearsOnlySoManyDifferentSigns() {
        committer.start();
        answer(post(lobby, ANN, "one"));
        for (int i = 0; i < Judgement.MOST_EMOJIS; i++) {
            assertEquals(2L + i, ((Written.Stored) react(BEN, 1, new Emoji("e" + i), true)).seq());
        }
        assertEquals(refused(Written.Reason.TOO_MANY_EMOJIS), react(BEN, 1, WAVE, true));
        assertTrue(react(ANN, 1, new Emoji("e0"), true) instanceof Written.Stored, "one that is there already");
        react(BEN, 1, new Emoji("e1"), false);
        assertTrue(react(BEN, 1, WAVE, true) instanceof Written.Stored, "in the place of another");
    }

    @Test
    void theTopicIsForWhoeverMadeTheRoom() {
        committer.start();
        assertEquals(refused(Written.Reason.NOT_YOURS), answer(submit(topic(ANN, "mine"))));
        User maker = User.guest(MAKER, new UserName("Maker"));
        assertEquals(new Written.Stored(1, NOON, false), answer(submit(topic(maker, "about us"))));
        assertEquals("about us", lobby.topic());
        assertEquals("about us", log.find(lobby.name()).orElseThrow().topic());
    }

    @Test
    void whoReactsFirstThingIsStoredAndAHeldNameIsRefused() {
        committer.start();
        answer(post(lobby, ANN, "one"));
        assertTrue(react(guest("Cat"), 1, true) instanceof Written.Stored);
        User otherAnn = User.guest(guest("x").id(), ANN.name());
        assertEquals(refused(Written.Reason.NAME_HELD), react(otherAnn, 1, true));
    }

    @Test
    void theTailTellsWhatTheLogTells() {
        lobby.listen(room -> {});
        committer.start();
        answer(post(lobby, ANN, "one"));
        answer(post(lobby, ANN, "two"));
        edit(ANN, 1, "one again");
        react(BEN, 1, true);
        long before = lobby.erasures();
        delete(ANN, 1);
        answer(submit(topic(User.guest(MAKER, new UserName("Maker")), "topic")));
        assertEquals(
                log.after(lobby.id(), 0, ALL, ALL).entries(),
                lobby.tailBetween(0, lobby.head()).orElseThrow().stream()
                        .map(TailEntry::entry)
                        .toList());
        assertTrue(lobby.erasures() > before);
        assertEquals(
                tails.used(),
                log.after(lobby.id(), 0, ALL, ALL).entries().stream()
                        .mapToLong(Entry::weight)
                        .sum());
    }

    private Written edit(User author, long of, String text) {
        return answer(submit(amend(author, new Amendment.Edit(of, text, List.of()), Optional.empty())));
    }

    private Written edit(User author, long of, String text, MessageKey key) {
        return answer(submit(amend(author, new Amendment.Edit(of, text, List.of()), Optional.of(key))));
    }

    private Written delete(User author, long of) {
        return answer(submit(amend(author, new Amendment.Delete(of), Optional.empty())));
    }

    private Written react(User author, long of, boolean on) {
        return react(author, of, WAVE, on);
    }

    private Written react(User author, long of, Emoji emoji, boolean on) {
        return answer(submit(amend(author, new Amendment.React(of, emoji, on), Optional.empty())));
    }

    private Write topic(User author, String topic) {
        return amend(author, new Amendment.SetTopic(topic), Optional.empty());
    }

    private Written refer(OptionalLong replyTo, OptionalLong thread) {
        Content content = new Content("refers", Style.PLAIN, replyTo, thread, List.of(), Optional.empty());
        return answer(submit(new Write.Append(lobby, ANN, session("Ann"), content, Optional.empty())));
    }

    private Write amend(User author, Amendment amendment, Optional<MessageKey> key) {
        return new Write.Amend(lobby, author, session(author.id().value()), amendment, key);
    }

    private static Written refused(Written.Reason reason) {
        return new Written.Refused(reason);
    }

    private List<StandingMessage> newest() {
        return log.messagesBefore(lobby.id(), Logbook.MAKER, Long.MAX_VALUE, ALL, ALL)
                .messages();
    }
}
