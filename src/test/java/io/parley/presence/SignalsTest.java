package io.parley.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.room.RoomName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What passes in rooms. */
class SignalsTest {
    private static final RoomName LOBBY = RoomName.LOBBY;
    private static final RoomName DEN = new RoomName("den");
    private static final User ANN = guest("Ann");
    private static final User BEN = guest("Ben");

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final Signals signals = new Signals(3, nanoTime::get);
    private final List<RoomName> woken = new ArrayList<>();

    @BeforeEach
    void listen() {
        signals.listen(woken::add);
    }

    @Test
    void whoTypesIsToldOnceHoweverOftenTheySaySo() {
        long before = signals.entering(LOBBY);
        signals.typing(LOBBY, ANN);
        signals.announce();
        assertEquals(List.of(new Signal.Typing(List.of(ANN))), since(LOBBY, before));
        long seen = signals.version(LOBBY);
        signals.typing(LOBBY, ANN);
        signals.announce();
        assertEquals(List.of(), since(LOBBY, seen));
        assertEquals(List.of(LOBBY), woken);
    }

    @Test
    void severalChangesBecomeOne() {
        long before = signals.entering(LOBBY);
        signals.typing(LOBBY, ANN);
        signals.typing(LOBBY, BEN);
        signals.notTyping(LOBBY, ANN.id());
        signals.announce();
        assertEquals(List.of(new Signal.Typing(List.of(BEN))), since(LOBBY, before));
        assertEquals(List.of(LOBBY), woken);
    }

    @Test
    void whoStopsOrSaysNoMoreIsNotTypingAnyLonger() {
        signals.typing(LOBBY, ANN);
        signals.typing(LOBBY, BEN);
        long seen = signals.version(LOBBY);
        signals.notTyping(LOBBY, ANN.id());
        assertEquals(List.of(new Signal.Typing(List.of(BEN))), since(LOBBY, seen));
        seen = signals.version(LOBBY);
        pass(Signals.TYPING.minusNanos(1));
        assertEquals(List.of(), since(LOBBY, seen));
        signals.typing(LOBBY, BEN);
        pass(Duration.ofNanos(1));
        assertEquals(List.of(), since(LOBBY, seen), "the lease was renewed");
        pass(Signals.TYPING);
        assertEquals(List.of(new Signal.Typing(List.of())), since(LOBBY, seen));
        assertEquals(LOBBY, woken.get(woken.size() - 1));
    }

    @Test
    void noMoreAreTypingThanMayBeTold() {
        long before = signals.entering(LOBBY);
        for (int i = 0; i < 10; i++) {
            signals.typing(LOBBY, guest("g" + i));
        }
        assertEquals(List.of(new Signal.Typing(List.of(guest("g0"), guest("g1"), guest("g2")))), since(LOBBY, before));
    }

    @Test
    void whoComesLaterHearsWhoIsTypingAndNothingThatHasPassed() {
        signals.read(LOBBY, BEN, 1);
        assertEquals(List.of(), since(LOBBY, signals.entering(LOBBY)));
        signals.typing(LOBBY, ANN);
        assertEquals(List.of(new Signal.Typing(List.of(ANN))), since(LOBBY, signals.entering(LOBBY)));
        signals.notTyping(LOBBY, ANN.id());
        assertEquals(List.of(), since(LOBBY, signals.entering(LOBBY)));
    }

    @Test
    void theNewestOfAKindAndUserTakesThePlaceOfThoseBefore() {
        long before = signals.entering(LOBBY);
        signals.read(LOBBY, ANN, 1);
        signals.read(LOBBY, BEN, 1);
        signals.profile(LOBBY, ANN);
        signals.read(LOBBY, ANN, 7);
        assertEquals(
                List.of(new Signal.Read(BEN, 1), new Signal.Profile(ANN), new Signal.Read(ANN, 7)),
                since(LOBBY, before));
    }

    @Test
    void whatWasSeenIsNotToldAgainAndOtherRoomsHearNothing() {
        long before = signals.entering(DEN);
        signals.read(LOBBY, ANN, 1);
        long seen = signals.version(LOBBY);
        signals.read(LOBBY, BEN, 2);
        assertEquals(List.of(new Signal.Read(BEN, 2)), since(LOBBY, seen));
        assertEquals(List.of(), since(DEN, before));
        signals.announce();
        assertEquals(List.of(LOBBY), woken);
    }

    @Test
    void aRoomKeepsSoMuchAndNoMore() {
        long before = signals.entering(LOBBY);
        for (int i = 0; i < 1_000; i++) {
            signals.read(LOBBY, guest("g" + i), i);
        }
        List<Signal> kept = since(LOBBY, before);
        assertEquals(256, kept.size());
        assertEquals(new Signal.Read(guest("g999"), 999), kept.get(255));
    }

    @Test
    void whatWasRenewedIsNotTheOldest() {
        long before = signals.entering(LOBBY);
        signals.read(LOBBY, ANN, 1);
        for (int i = 0; i < 200; i++) {
            signals.read(LOBBY, guest("g" + i), i);
        }
        signals.read(LOBBY, ANN, 2);
        for (int i = 200; i < 300; i++) {
            signals.read(LOBBY, guest("g" + i), i);
        }
        assertEquals(256, since(LOBBY, before).size());
        assertEquals(new Signal.Read(ANN, 2), since(LOBBY, before).get(155));
    }

    @Test
    void whatHasPassedIsForgottenAndSoIsTheRoom() {
        long before = signals.entering(LOBBY);
        signals.read(LOBBY, ANN, 1);
        signals.typing(LOBBY, ANN);
        pass(Signals.KEPT.minusNanos(1));
        assertEquals(List.of(new Signal.Read(ANN, 1), new Signal.Typing(List.of())), since(LOBBY, before));
        assertEquals(1, signals.rooms());
        pass(Duration.ofNanos(1));
        assertEquals(List.of(new Signal.Typing(List.of())), since(LOBBY, before));
        pass(Signals.KEPT);
        assertEquals(0, signals.rooms());
        // A version is never used again, so that what comes is new to whoever has seen the old.
        long seen = signals.version(LOBBY);
        signals.read(LOBBY, ANN, 2);
        assertEquals(List.of(new Signal.Read(ANN, 2)), since(LOBBY, seen));
    }

    @Test
    void whoIsNotTypingAnywhereMakesNoRoom() {
        signals.notTyping(LOBBY, ANN.id());
        signals.announce();
        assertEquals(0, signals.rooms());
        assertEquals(List.of(), woken);
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
        signals.announce();
    }

    private List<Signal> since(RoomName room, long version) {
        return signals.since(room, version).stream().map(Signal.Passed::signal).toList();
    }

    private static User guest(String name) {
        return User.guest(new UserId(name), new UserName(name));
    }
}
