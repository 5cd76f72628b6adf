package io.parley.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.room.RoomName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is there, and how changes collapse for those who ask now and then. */
class PresenceTest {
    private static final int LONGEST = 5;
    private static final RoomName DEN = new RoomName("den");
    private static final User ANN = user("Ann");
    private static final User BOB = user("Bob");

    private final Presence presence = new Presence(LONGEST);

    @Test
    void nobodyIsInARoomThatNobodyEntered() {
        assertEquals(0, presence.in(DEN).count());
        assertEquals(Optional.empty(), presence.since(DEN, 0));
    }

    @Test
    void somebodyIsThereAsLongAsOneOfTheirConnectionsIs() {
        presence.enter(DEN, ANN);
        long seen = presence.in(DEN).version();
        presence.enter(DEN, ANN);
        presence.leave(DEN, ANN.id());
        assertEquals(Optional.empty(), presence.since(DEN, seen));
        assertEquals(List.of(ANN), presence.in(DEN).users());
        presence.leave(DEN, ANN.id());
        assertEquals(0, presence.in(DEN).count());
    }

    @Test
    void whoNeverEnteredCannotLeave() {
        presence.leave(DEN, ANN.id());
        presence.enter(DEN, BOB);
        presence.leave(DEN, ANN.id());
        assertEquals(1, presence.in(DEN).count());
    }

    @Test
    void comingAndGoingIsTold() {
        presence.enter(DEN, ANN);
        long seen = presence.in(DEN).version();
        presence.enter(DEN, BOB);
        assertMoved(seen, List.of(BOB), List.of(), 2);
        presence.leave(DEN, ANN.id());
        assertMoved(seen, List.of(BOB), List.of(ANN), 1);
    }

    @Test
    void whoCameAndWentIsNotToldOf() {
        presence.enter(DEN, ANN);
        long seen = presence.in(DEN).version();
        presence.enter(DEN, BOB);
        presence.leave(DEN, BOB.id());
        assertEquals(Optional.empty(), presence.since(DEN, seen));
    }

    @Test
    void whoWentAndIsBackIsNotToldOf() {
        presence.enter(DEN, ANN);
        presence.enter(DEN, BOB);
        long seen = presence.in(DEN).version();
        presence.leave(DEN, BOB.id());
        presence.enter(DEN, BOB);
        assertEquals(Optional.empty(), presence.since(DEN, seen));
    }

    @Test
    void anotherNameIsTold() {
        User anna = ANN.named(new UserName("Anna"));
        presence.enter(DEN, ANN);
        presence.enter(DEN, BOB);
        long seen = presence.in(DEN).version();
        presence.rename(DEN, anna);
        assertMoved(seen, List.of(anna), List.of(), 2);
        presence.rename(DEN, anna);
        presence.leave(DEN, ANN.id());
        presence.enter(DEN, anna);
        assertMoved(seen, List.of(anna), List.of(), 2);
        presence.leave(DEN, ANN.id());
        assertMoved(seen, List.of(), List.of(anna), 1);
    }

    @Test
    void whoEntersOnceMoreUnderAnotherNameIsCalledByIt() {
        User anna = ANN.named(new UserName("Anna"));
        presence.enter(DEN, ANN);
        long seen = presence.in(DEN).version();
        presence.enter(DEN, anna);
        assertMoved(seen, List.of(anna), List.of(), 1);
        assertEquals(List.of(anna), presence.in(DEN).users());
    }

    @Test
    void longListsAreNotSpeltOut() {
        IntStream.range(0, LONGEST).forEach(i -> presence.enter(DEN, user("User" + i)));
        assertEquals(LONGEST, presence.in(DEN).users().size());
        presence.enter(DEN, ANN);
        assertEquals(List.of(), presence.in(DEN).users());
        assertEquals(LONGEST + 1, presence.in(DEN).count());
    }

    @Test
    void aChangeTooLargeToBeSpeltOutIsAReset() {
        presence.enter(DEN, ANN);
        long seen = presence.in(DEN).version();
        IntStream.rangeClosed(0, LONGEST).forEach(i -> presence.enter(DEN, user("User" + i)));
        PresenceChange change = presence.since(DEN, seen).orElseThrow();
        assertEquals(
                List.of(),
                assertInstanceOf(PresenceChange.Reset.class, change).present().users());
        assertEquals(LONGEST + 2, change.count());
        // Only what is to be told counts.
        IntStream.rangeClosed(1, LONGEST)
                .forEach(i -> presence.leave(DEN, user("User" + i).id()));
        assertMoved(seen, List.of(user("User0")), List.of(), 2);
    }

    @Test
    void whoAsksTooLateIsToldEverythingAnew() {
        presence.enter(DEN, ANN);
        long seen = presence.in(DEN).version();
        for (int i = 0; i < 300; i++) {
            presence.enter(DEN, user("User" + i));
            presence.leave(DEN, user("User" + i).id());
        }
        PresenceChange change = presence.since(DEN, seen).orElseThrow();
        assertEquals(
                List.of(ANN),
                assertInstanceOf(PresenceChange.Reset.class, change).present().users());
        assertEquals(1, change.count());
        assertEquals(presence.in(DEN).version(), change.version());
    }

    @Test
    void aRoomThatWasEmptyMeanwhileIsToldAnew() {
        presence.enter(DEN, ANN);
        long seen = presence.in(DEN).version();
        presence.leave(DEN, ANN.id());
        presence.enter(DEN, BOB);
        PresenceChange change = presence.since(DEN, seen).orElseThrow();
        assertEquals(
                List.of(BOB),
                assertInstanceOf(PresenceChange.Reset.class, change).present().users());
    }

    @Test
    void listenersHearOncePerRoomHoweverMuchChanged() {
        List<RoomName> heard = new ArrayList<>();
        presence.listen(heard::add);
        presence.enter(DEN, ANN);
        presence.enter(DEN, BOB);
        presence.enter(RoomName.LOBBY, BOB);
        assertEquals(List.of(), heard);
        presence.announce();
        assertEquals(Set.of(DEN, RoomName.LOBBY), Set.copyOf(heard));
        assertEquals(2, heard.size());
        presence.announce();
        assertEquals(2, heard.size());
    }

    @Test
    void whoFollowsTheChangesKnowsWhoIsThere() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Presence wide = new Presence(1_000);
        List<User> users =
                IntStream.range(0, 12).mapToObj(i -> user("User" + i)).toList();
        wide.enter(DEN, ANN);
        long seen = wide.in(DEN).version();
        Set<User> known = new HashSet<>(wide.in(DEN).users());
        for (int i = 0; i < 5_000; i++) {
            User user = users.get(random.nextInt(users.size()));
            switch (random.nextInt(5)) {
                case 0, 1 -> wide.enter(DEN, user);
                case 2, 3 -> wide.leave(DEN, user.id());
                default -> {
                    Optional<PresenceChange> change = wide.since(DEN, seen);
                    if (change.isPresent()) {
                        follow(known, change.get());
                        seen = change.get().version();
                    }
                    assertEquals(Set.copyOf(wide.in(DEN).users()), known, "seed " + seed);
                }
            }
        }
    }

    private static void follow(Set<User> known, PresenceChange change) {
        if (change instanceof PresenceChange.Reset reset) {
            known.clear();
            known.addAll(reset.present().users());
        } else if (change instanceof PresenceChange.Moved moved) {
            Set<UserId> moving = moved.joined().stream().map(User::id).collect(Collectors.toSet());
            moved.left().forEach(user -> moving.add(user.id()));
            known.removeIf(user -> moving.contains(user.id()));
            known.addAll(moved.joined());
        }
    }

    private void assertMoved(long seen, List<User> joined, List<User> left, int count) {
        PresenceChange change = presence.since(DEN, seen).orElseThrow();
        assertEquals(new PresenceChange.Moved(presence.in(DEN).version(), joined, left, count), change);
    }

    private static User user(String name) {
        return User.guest(new UserId("g-" + name), new UserName(name));
    }
}
