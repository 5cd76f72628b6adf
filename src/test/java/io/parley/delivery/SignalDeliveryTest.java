package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.delivery.FakeTransport.Ending;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.presence.Signals;
import io.parley.room.RoomName;
import io.parley.room.Write;
import io.parley.room.Written;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How clients hear of what is not kept. */
class SignalDeliveryTest {

    @Test
    void aRoomHearsWhoIsTypingUntilTheyPostOrSayNoMore() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            Guest bob = parlour.guest("Bob");
            ann.join("lobby");
            bob.join("lobby");
            bob.ask("{'do':'typing','room':'lobby','on':true}");
            parlour.signals.announce();
            ann.await("Bob types", line -> isTyping(line, "Bob"));
            bob.ask("{'do':'post','room':'lobby','text':'there'}");
            parlour.signals.announce();
            ann.await("nobody types", SignalDeliveryTest::isTyping);
            bob.ask("{'do':'typing','room':'lobby','on':true}");
            parlour.signals.announce();
            Await.until("Bob types again", () -> ann.events("typing").size() == 3);
            parlour.nanoTime.addAndGet(Signals.TYPING.toNanos());
            parlour.signals.announce();
            Await.until("Bob is silent", () -> ann.events("typing").size() == 4);
            assertTrue(isTyping(ann.events("typing").get(3)));
            assertEquals(1, parlour.log.find(RoomName.LOBBY).orElseThrow().head(), "typing leaves no entry");
        }
    }

    @Test
    void whoLeavesOrGoesIsNotTyping() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            Guest bob = parlour.guest("Bob");
            bob.join("lobby");
            bob.ask("{'do':'typing','room':'lobby','on':true}");
            parlour.signals.announce();
            ann.await("Bob types", line -> isTyping(line, "Bob"));
            bob.ask("{'do':'leave','room':'lobby'}");
            parlour.signals.announce();
            ann.await("nobody types", SignalDeliveryTest::isTyping);
        }
    }

    @Test
    void whoJoinsHearsAfterTheReplyWhoIsTyping() {
        try (Parlour parlour = new Parlour()) {
            Guest bob = parlour.guest("Bob");
            bob.join("lobby");
            bob.ask("{'do':'typing','room':'lobby','on':true}");
            parlour.signals.announce();
            Guest ann = parlour.guest("Ann");
            JsonObject reply = ann.reply(ann.sendWithId("{'do':'join','room':'lobby'}"));
            JsonObject typing = ann.await("Bob types", line -> isTyping(line, "Bob"));
            assertTrue(ann.placeOf(reply) < ann.placeOf(typing));
        }
    }

    @Test
    @Covers({"typing-limits", "typing-while"})
    void typingIsForWhoFollowsAndNotForEver() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            assertEquals("not_joined", refusal(ann, "{'do':'typing','room':'lobby','on':true}"));
            ann.join("lobby");
            String last = "";
            for (int i = 0; i < 30 && last.isEmpty(); i++) {
                JsonObject reply = ann.ask("{'do':'typing','room':'lobby','on':true}");
                last = reply.containsKey("error") ? reply.getJsonObject("error").getString("code") : "";
            }
            assertEquals("rate_limited", last);
            assertTrue(
                    ann.ask("{'do':'typing','room':'lobby','on':false}").containsKey("ok"),
                    "to stop is never too much");
        }
    }

    @Test
    @Covers("signal-drop")
    void changesOfTypingCollapseForWhoIsSlow() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            Guest bob = parlour.guest("Bob");
            ann.join("lobby");
            bob.join("lobby");
            ann.transport().writesEnd(Ending.WHEN_TOLD);
            ann.send("{'do':'ping','id':77}");
            Await.until("a write is under way", ann.transport()::isWriting);
            for (int i = 0; i < 5; i++) {
                bob.ask("{'do':'typing','room':'lobby','on':true}");
                parlour.signals.announce();
                bob.ask("{'do':'typing','room':'lobby','on':false}");
                parlour.signals.announce();
            }
            bob.ask("{'do':'typing','room':'lobby','on':true}");
            parlour.signals.announce();
            ann.transport().writesEnd(Ending.AT_ONCE);
            ann.await("Bob types", line -> isTyping(line, "Bob"));
            ann.ask("{'do':'ping'}");
            assertEquals(1, ann.events("typing").size());
        }
    }

    @Test
    @Covers({"read-forward", "read-whom"})
    void aSmallRoomHearsWhoHasReadHowFarAndAMarkNeverGoesBack() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            Guest bob = parlour.guest("Bob");
            ann.join("lobby");
            bob.join("lobby");
            post(ann, 3);
            read(parlour, bob, "lobby", 2);
            parlour.signals.announce();
            JsonObject read = ann.await("Bob has read", line -> isRead(line, "Bob", 2));
            assertEquals("lobby", read.getString("room"));
            read(parlour, bob, "lobby", 1);
            read(parlour, bob, "lobby", 3);
            parlour.signals.announce();
            ann.await("Bob has read all", line -> isRead(line, "Bob", 3));
            assertEquals(2, ann.events("read").size());
        }
    }

    @Test
    @Covers("read-whom")
    void ofALargeRoomOnlyTheReadersOwnConnectionsHear() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("receipts", 1))) {
            Guest ann = parlour.guest("Ann");
            Guest bob = parlour.guest("Bob");
            ann.join("lobby");
            bob.join("lobby");
            post(ann, 3);
            read(parlour, ann, "lobby", 2);
            parlour.signals.announce();
            ann.await("Ann's own", line -> isRead(line, "Ann", 2));
            bob.ask("{'do':'ping'}");
            assertEquals(List.of(), bob.events("read"));
        }
    }

    @Test
    @Covers("join-border")
    void whoHasLeftHearsOfTheirOwnMarkThereNoMore() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("receipts", 1))) {
            Guest ann = parlour.guest("Ann");
            parlour.guest("Bob").join("lobby");
            ann.join("lobby");
            post(ann, 1);
            ann.transport().writesEnd(Ending.WHEN_TOLD);
            ann.send("{'do':'ping','id':77}");
            Await.until("a write is under way", ann.transport()::isWriting);
            int read = ann.sendWithId("{'do':'read','room':'lobby','seq':1}");
            parlour.marks.flush();
            // Answered after the mark, so that its event waits behind the write by now.
            Written unused = parlour.committer
                    .submit(new Write.Probe())
                    .toCompletableFuture()
                    .join();
            int left = ann.sendWithId("{'do':'leave','room':'lobby'}");
            ann.transport().writesEnd(Ending.AT_ONCE);
            assertTrue(ann.reply(read).containsKey("ok"));
            assertTrue(ann.reply(left).containsKey("ok"));
            ann.ask("{'do':'ping'}");
            assertEquals(List.of(), ann.events("read"));
        }
    }

    @Test
    void aMarkIsRefusedPastTheHeadAndWhereThereIsNoRoom() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            post(ann, 1);
            assertEquals("bad_request", refusal(ann, "{'do':'read','room':'lobby','seq':2}"));
            assertEquals("no_such_room", refusal(ann, "{'do':'read','room':'nowhere','seq':0}"));
            assertEquals("bad_request", refusal(ann, "{'do':'read','room':'lobby'}"));
        }
    }

    @Test
    void unreadMessagesAreCountedFromTheMark() {
        try (Parlour parlour = new Parlour()) {
            parlour.open("den");
            Guest ann = parlour.guest("Ann");
            post(ann, 5);
            assertEquals(List.of("den null 0", "lobby null 5"), counts(ann));
            read(parlour, ann, "lobby", 2);
            assertEquals(List.of("den null 0", "lobby 2 3"), counts(ann));
            post(ann, 1);
            assertEquals(List.of("den null 0", "lobby 2 4"), counts(ann));
            assertEquals(2, ann.join("lobby").getInt("readSeq"));
            assertFalse(ann.join("den").containsKey("readSeq"));
            read(parlour, ann, "lobby", 6);
            assertEquals(List.of("den null 0", "lobby 6 0"), counts(ann));
        }
    }

    @Test
    @Covers("profile-whom")
    void aNewNameIsToldToTheRoomsOfAllOfAUsersConnections() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest(Ending.AT_ONCE);
            JsonObject welcome = ann.ask("{'do':'hello','name':'Ann'}").getJsonObject("ok");
            Guest again = parlour.guest(Ending.AT_ONCE);
            again.ask("{'do':'hello','token':'" + welcome.getString("token") + "'}");
            Guest idle = parlour.guest(Ending.AT_ONCE);
            idle.ask("{'do':'hello','token':'" + welcome.getString("token") + "'}");
            Guest bob = parlour.guest("Bob");
            again.join("lobby");
            bob.join("lobby");
            ann.ask("{'do':'name','name':'Anna'}");
            idle.await("Anna", line -> isProfile(line, "Anna"));
            Await.until("Anna in the room", () -> {
                parlour.signals.announce();
                return !bob.events("profile").isEmpty();
            });
            JsonObject user = bob.events("profile").get(0).getJsonObject("user");
            assertEquals(welcome.getJsonObject("you").getString("id"), user.getString("id"));
            assertEquals("Anna", user.getString("name"));
            again.await("Anna", line -> isProfile(line, "Anna"));
        }
    }

    @Test
    void whoAskedForRoomsHearsOfNewOnesOnce() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            Guest bob = parlour.guest("Bob");
            ann.ask("{'do':'rooms'}");
            bob.ask("{'do':'open','room':'Attic'}");
            bob.ask("{'do':'open','room':'den'}");
            bob.ask("{'do':'open','room':'den'}");
            parlour.delivery.announceRooms();
            JsonObject moved =
                    ann.await("rooms", line -> line.getString("type", "").equals("rooms"));
            assertEquals("[\"attic\",\"den\"]", moved.getJsonArray("opened").toString());
            assertEquals("[]", moved.getJsonArray("closed").toString());
            parlour.delivery.announceRooms();
            ann.ask("{'do':'ping'}");
            bob.ask("{'do':'ping'}");
            assertEquals(1, ann.events("rooms").size());
            assertEquals(0, bob.events("rooms").size(), "they did not ask");
        }
    }

    @Test
    @Covers("ev-left")
    void whoIsPutOutOfARoomHearsWhyAndNothingMoreOfIt() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest(Ending.AT_ONCE);
            JsonObject you =
                    ann.ask("{'do':'hello','name':'Ann'}").getJsonObject("ok").getJsonObject("you");
            Guest bob = parlour.guest("Bob");
            ann.join("lobby");
            bob.join("lobby");
            parlour.delivery.expel(new UserId(you.getString("id")), RoomName.LOBBY, "the room is closed");
            JsonObject left =
                    ann.await("left", line -> line.getString("type", "").equals("left"));
            assertEquals("the room is closed", left.getString("reason"));
            post(bob, 1);
            bob.awaitSeq("lobby", 1);
            assertEquals("not_joined", refusal(ann, "{'do':'leave','room':'lobby'}"));
            assertEquals(List.of(), ann.seqs("lobby"));
            assertEquals(1, parlour.presence.in(RoomName.LOBBY).count());
        }
    }

    @Test
    @Covers("ev-notice")
    void aNoticeIsReadByEverybodyInTheirLanguage() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            Chatter bob = parlour.chatter(Optional.empty(), "Bob");
            bob.await("* you are in lobby, here: 1");
            parlour.delivery.announce(User.guest(new UserId("op"), new UserName("Operator")), "back at noon\nor later");
            JsonObject notice =
                    ann.await("a notice", line -> line.getString("type", "").equals("notice"));
            assertEquals("Operator", notice.getJsonObject("from").getString("name"));
            bob.await("* back at noon\n  or later");
        }
    }

    @Test
    void peopleAreNotBotheredWithSignals() {
        try (Parlour parlour = new Parlour()) {
            Chatter bob = parlour.chatter(Optional.empty(), "Bob");
            bob.await("* you are in lobby, here: 1");
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            ann.ask("{'do':'typing','room':'lobby','on':true}");
            parlour.signals.announce();
            post(ann, 1);
            read(parlour, ann, "lobby", 1);
            parlour.signals.announce();
            ann.ask("{'do':'name','name':'Anna'}");
            parlour.signals.announce();
            post(ann, 1);
            bob.await("Anna: text 1");
            bob.say("still here");
            bob.await("Bob: still here");
        }
    }

    private static void post(Guest guest, int count) {
        for (int i = 1; i <= count; i++) {
            guest.ask("{'do':'post','room':'lobby','text':'text " + i + "'}");
        }
    }

    /** Sends a mark, and has it stored with whatever else waits. */
    private static void read(Parlour parlour, Guest guest, String room, long seq) {
        int id = guest.sendWithId("{'do':'read','room':'" + room + "','seq':" + seq + "}");
        Await.until("the mark is stored", () -> {
            parlour.marks.flush();
            return guest.lines().stream().anyMatch(line -> line.getInt("re", 0) == id);
        });
        assertTrue(guest.reply(id).containsKey("ok"), guest.reply(id)::toString);
    }

    private static List<String> counts(Guest guest) {
        return guest
                .ask("{'do':'rooms'}")
                .getJsonObject("ok")
                .getJsonArray("rooms")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(room -> room.getString("room") + " " + room.get("readSeq") + " " + room.getInt("unread"))
                .toList();
    }

    private static String refusal(Guest guest, String command) {
        return guest.ask(command).getJsonObject("error").getString("code");
    }

    private static boolean isTyping(JsonObject line, String... who) {
        return line.getString("type", "").equals("typing")
                && line.getJsonArray("who").getValuesAs(JsonObject.class).stream()
                        .map(user -> user.getString("name"))
                        .toList()
                        .equals(List.of(who));
    }

    private static boolean isRead(JsonObject line, String who, long seq) {
        return line.getString("type", "").equals("read")
                && line.getJsonObject("from").getString("name").equals(who)
                && Guest.seqOf(line) == seq;
    }

    private static boolean isProfile(JsonObject line, String name) {
        return line.getString("type", "").equals("profile")
                && line.getJsonObject("user").getString("name").equals(name);
    }
}
