package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.conformance.Covers;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.presence.Presence;
import io.parley.room.RoomName;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who asks now and then is there until a minute after they last did. */
class LeasesTest {
    private static final RoomName DEN = new RoomName("den");
    private static final User ANN = new User(new UserId("ann"), new UserName("Ann"), true, false);

    private final Presence presence = new Presence(100);
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30);
    private final Leases leases = new Leases(presence, () -> now);

    @Test
    @Covers("poll-lease")
    void whoDoesNotComeBackIsGoneAfterAMinute() {
        leases.enter(DEN, ANN);
        leases.leave(DEN, ANN.id());
        pass(59);
        assertEquals(1, present());
        pass(1);
        assertEquals(0, present());
        assertEquals(0, leases.size());
    }

    @Test
    @Covers("poll-lease")
    void whoComesBackInTimeStays() {
        for (int poll = 0; poll < 5; poll++) {
            leases.enter(DEN, ANN);
            pass(25);
            leases.leave(DEN, ANN.id());
            pass(40);
            assertEquals(1, present());
        }
        pass(20);
        assertEquals(0, present());
    }

    @Test
    void oneOfTwoTabsKeepsTheLease() {
        leases.enter(DEN, ANN);
        leases.enter(DEN, ANN);
        leases.leave(DEN, ANN.id());
        pass(300);
        assertEquals(1, present());
        leases.leave(DEN, ANN.id());
        pass(60);
        assertEquals(0, present());
    }

    @Test
    void whoAlsoTalksIsThereAsLongAsTheyTalk() {
        presence.enter(DEN, ANN);
        leases.enter(DEN, ANN);
        leases.leave(DEN, ANN.id());
        pass(60);
        assertEquals(1, present());
        presence.leave(DEN, ANN.id());
        assertEquals(0, present());
    }

    @Test
    void aNewNameIsSeenWithTheNextRequest() {
        leases.enter(DEN, ANN);
        leases.leave(DEN, ANN.id());
        User renamed = new User(ANN.id(), new UserName("Anna"), true, false);
        leases.enter(DEN, renamed);
        assertEquals(renamed, presence.in(DEN).users().get(0));
    }

    @Test
    void whoWasDroppedIsGoneAtOnce() {
        leases.enter(DEN, ANN);
        leases.leave(DEN, ANN.id());
        leases.end(ANN.id());
        assertEquals(0, present());
    }

    @Test
    void whoWasDroppedWhileAskingIsGoneWithTheAnswer() {
        leases.enter(DEN, ANN);
        leases.enter(DEN, ANN);
        leases.end(ANN.id());
        leases.leave(DEN, ANN.id());
        assertEquals(1, present());
        leases.leave(DEN, ANN.id());
        assertEquals(0, present());
        assertEquals(0, leases.size());
    }

    @Test
    void whoComesAgainAfterHavingBeenDroppedStays() {
        leases.enter(DEN, ANN);
        leases.end(ANN.id());
        leases.enter(DEN, ANN);
        leases.leave(DEN, ANN.id());
        leases.leave(DEN, ANN.id());
        assertEquals(1, present());
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        leases.expire();
    }

    private int present() {
        return presence.in(DEN).count();
    }
}
