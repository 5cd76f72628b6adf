package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.room.Room;
import io.parley.room.RoomName;
import io.parley.subprotocol.superchat.Superchat;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries about entries: the same from the log and from the tail, and what is deleted comes from neither. */
class EntryDeliveryTest {
    private static final int WHOLE_TAIL = 1 << 26;
    private static final int NO_TAIL = 1;

    @ParameterizedTest
    @ValueSource(ints = {WHOLE_TAIL, NO_TAIL})
    void whoComesLateGetsTheSameBytesFromTheLogAndFromTheTail(int tailBytes) {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("tailBytes", tailBytes))) {
            Guest ann = parlour.guest("Ann");
            String epoch = ann.join("lobby").getString("epoch");
            ann.ask("{'do':'post','room':'lobby','text':'one','key':'k','data':{'a':[1,'x']}}");
            ann.ask("{'do':'post','room':'lobby','text':'@Ann below','thread':1,'replyTo':1}");
            ann.ask("{'do':'edit','room':'lobby','seq':1,'text':'@Ann two'}");
            ann.ask("{'do':'react','room':'lobby','seq':1,'emoji':'+1','on':true}");
            ann.ask("{'do':'post','room':'lobby','text':'S3CRET','data':'S3CRET'}");
            ann.ask("{'do':'edit','room':'lobby','seq':5,'text':'S3CRET too'}");
            List<JsonObject> before = all(ann, 6);
            assertEquals(before, all(late(parlour, "Early", epoch), 6));
            ann.ask("{'do':'delete','room':'lobby','seq':5}");
            List<JsonObject> after = all(late(parlour, "Late", epoch), 7);
            assertEquals(before.subList(0, 4), after.subList(0, 4));
            assertTrue(after.get(4).getBoolean("deleted"));
            assertFalse(after.toString().contains("S3CRET"), after::toString);
            JsonObject history = ann.ask("{'do':'history','room':'lobby','after':0,'limit':50}");
            assertEquals(after, history.getJsonObject("ok").getJsonArray("entries"));
            assertEquals(
                    tailBytes == NO_TAIL,
                    parlour.meters.counter("parley.catchup.pages").count() > 0);
        }
    }

    @Test
    void aBatchThatWasKeptBeforeADeletionIsGivenToNobodyAfterIt() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            ann.ask("{'do':'post','room':'lobby','text':'S3CRET'}");
            Room lobby = parlour.rooms
                    .acquire(RoomName.LOBBY)
                    .toCompletableFuture()
                    .join()
                    .orElseThrow();
            Subprotocol superchat = new Superchat(SomeLimits.withoutRates(), new ServerInfo("Parley", "0", "test"));
            Batches batches = new Batches(lobby, 1_000);
            assertTrue(text(batches.after(0, 1, superchat)).contains("S3CRET"));
            ann.ask("{'do':'delete','room':'lobby','seq':1}");
            assertFalse(text(batches.after(0, lobby.head(), superchat)).contains("S3CRET"));
            parlour.rooms.release(lobby);
        }
    }

    @Test
    @Covers("mention-longest")
    void noMoreThanTwentyAreMentionedAtOnce() {
        try (Parlour parlour = new Parlour()) {
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            StringBuilder text = new StringBuilder();
            for (int i = 10; i < 31; i++) {
                parlour.guest("Guest" + i);
                text.append("@Guest").append(i).append(' ');
            }
            ann.post("lobby", text.toString().strip());
            JsonObject entry = ann.await("the message", line -> Guest.isEntry(line, "lobby"));
            assertEquals(20, entry.getJsonArray("mentions").size());
        }
    }

    @Test
    void peopleAreNotBotheredWithReactions() {
        try (Parlour parlour = new Parlour(SomeLimits.withoutRates("tailBytes", NO_TAIL))) {
            Guest ann = parlour.guest("Ann");
            ann.join("lobby");
            Chatter bob = parlour.chatter(Optional.empty(), "Bob");
            bob.await("* you are in lobby, here: 2");
            ann.ask("{'do':'post','room':'lobby','text':'one'}");
            for (int i = 0; i < 50; i++) {
                ann.ask("{'do':'react','room':'lobby','seq':1,'emoji':'+1','on':" + (i % 2 == 0) + "}");
            }
            ann.ask("{'do':'post','room':'lobby','text':'two'}");
            bob.await("Ann: two");
            assertEquals(
                    List.of("Ann: one", "Ann: two"),
                    bob.lines().stream().filter(line -> !line.startsWith("* ")).toList());
        }
    }

    private static String text(Optional<Batch> batch) {
        return batch.orElseThrow().frame(false).text();
    }

    private static Guest late(Parlour parlour, String name, String epoch) {
        Guest late = parlour.guest(name);
        late.ask("{'do':'join','room':'lobby','after':0,'epoch':'" + epoch + "'}");
        return late;
    }

    /** The entries that somebody got, once there are so many. */
    private static List<JsonObject> all(Guest guest, int count) {
        Await.until(count + " entries", () -> entries(guest).size() >= count);
        return entries(guest);
    }

    private static List<JsonObject> entries(Guest guest) {
        return guest.lines().stream()
                .filter(line -> line.containsKey("type") && line.containsKey("seq"))
                .toList();
    }
}
