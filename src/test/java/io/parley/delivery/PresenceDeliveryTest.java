package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.delivery.FakeTransport.Ending;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How clients hear who comes and goes. */
class PresenceDeliveryTest {

    @Test
    void theJoinReplyTellsWhoIsThereAndEventsTellWhoMoves() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            JsonObject alone = ann.join("lobby");
            assertEquals(List.of("Ann"), names(alone.getJsonArray("present")));
            assertEquals(1, alone.getInt("presentCount"));
            Guest bob = parlour.guest("Bob");
            assertEquals(List.of("Ann", "Bob"), names(bob.join("lobby").getJsonArray("present")));
            parlour.presence.announce();
            JsonObject came = ann.await("Bob came", line -> isPresence(line, 2));
            assertEquals(List.of("Bob"), names(came.getJsonArray("joined")));
            assertEquals(List.of(), names(came.getJsonArray("left")));
            bob.transport().hangUp();
            Await.until("Bob is gone", () -> parlour.delivery.connections() == 1);
            parlour.presence.announce();
            JsonObject went = ann.await("Bob went", line -> isPresence(line, 1));
            assertEquals(List.of("Bob"), names(went.getJsonArray("left")));
            // What the reply told is not told again.
            bob.lines().forEach(line -> assertFalse(line.getString("type", "").equals("presence"), line::toString));
        }
    }

    @Test
    @Covers("signal-presence")
    void changesCollapseForWhoIsSlow() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            parlour.presence.announce();
            ann.transport().writesEnd(Ending.WHEN_TOLD);
            ann.send("{'do':'ping','id':77}");
            Await.until("a write is under way", ann.transport()::isWriting);
            for (int i = 0; i < 10; i++) {
                parlour.guest("Guest " + i).join("lobby");
                parlour.presence.announce();
            }
            Guest hasty = parlour.guest("Hasty");
            hasty.join("lobby");
            hasty.ask("{'do':'leave','room':'lobby'}");
            parlour.presence.announce();
            ann.transport().writesEnd(Ending.AT_ONCE);
            JsonObject change = ann.await("the change", line -> isPresence(line, 11));
            assertEquals(10, change.getJsonArray("joined").size());
            assertEquals(0, change.getJsonArray("left").size());
            assertEquals(1, ann.events("presence").size());
        }
    }

    @Test
    @Covers("ev-presence")
    void tooManyToSpellOutBecomeAReset() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("presenceList", 3))) {
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            for (int i = 0; i < 4; i++) {
                parlour.guest("Guest " + i).join("lobby");
            }
            parlour.presence.announce();
            JsonObject reset = ann.await("a reset", line -> isPresence(line, 5));
            assertTrue(reset.getBoolean("reset"));
            assertFalse(reset.containsKey("present"));
            assertFalse(reset.containsKey("joined"));
        }
    }

    @Test
    void anotherNameIsToldInEveryRoomOfThatConnection() {
        try (Parlour parlour = new Parlour()) {
            parlour.open("den");
            Guest ann = parlour.guest("Ann");
            Guest bob = parlour.guest("Bob");
            for (String room : List.of("lobby", "den")) {
                ann.join(room);
                bob.join(room);
            }
            ann.ask("{'do':'name','name':'Anna'}");
            parlour.presence.announce();
            for (String room : List.of("lobby", "den")) {
                JsonObject change = bob.await(
                        "the name in " + room,
                        line -> line.getString("type", "").equals("presence")
                                && line.getString("room").equals(room)
                                && names(line.getJsonArray("joined")).contains("Anna"));
                assertEquals(2, change.getInt("presentCount"));
            }
            assertEquals(
                    List.of("Anna", "Bob"),
                    names(ann.ask("{'do':'who','room':'den'}")
                            .getJsonObject("ok")
                            .getJsonArray("present")));
        }
    }

    @Test
    void whoLeftIsToldNothingMore() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            parlour.presence.announce();
            ann.ask("{'do':'leave','room':'lobby'}");
            Guest bob = parlour.guest("Bob");
            bob.join("lobby");
            parlour.presence.announce();
            parlour.guest("Cat").join("lobby");
            parlour.presence.announce();
            bob.await("Cat", line -> isPresence(line, 2));
            ann.ask("{'do':'ping'}");
            assertEquals(List.of(), ann.events("presence"));
        }
    }

    @Test
    void peopleReadWhoJoinedAndLeft() {
        try (Parlour parlour = new Parlour()) {
            Chatter ann = parlour.chatter(Optional.empty(), "Ann");
            ann.await("* you are in lobby, here: 1");
            Chatter bob = parlour.chatter(Optional.empty(), "Bob");
            bob.await("* you are in lobby, here: 2");
            parlour.presence.announce();
            ann.await("* Bob joined");
            bob.say("/join den");
            bob.await("* you are in den, here: 1");
            parlour.presence.announce();
            ann.await("* Bob left");
        }
    }

    private static boolean isPresence(JsonObject line, int count) {
        return line.getString("type", "").equals("presence") && line.getInt("presentCount") == count;
    }

    private static List<String> names(JsonArray users) {
        return users.getValuesAs(JsonObject.class).stream()
                .map(user -> user.getString("name"))
                .toList();
    }
}
