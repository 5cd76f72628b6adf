package io.parley.delivery;

import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.presence.Presence;
import io.parley.presence.Signals;
import io.parley.room.RoomName;

/** Somebody is in a room as long as their connection follows it. Immutable. */
record InPerson(Presence presence, Signals signals) implements Attendance {
    @Override
    public void enter(RoomName room, User user) {
        presence.enter(room, user);
    }

    @Override
    public void leave(RoomName room, UserId user) {
        signals.notTyping(room, user);
        presence.leave(room, user);
    }
}
