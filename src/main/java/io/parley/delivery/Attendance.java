package io.parley.delivery;

import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.room.RoomName;

/** How a connection is seen in the rooms that it follows. Thread-safe; never blocks. */
interface Attendance {

    /** Nobody is told of who only reads. */
    Attendance UNSEEN = new Attendance() {
        @Override
        public void enter(RoomName room, User user) {}

        @Override
        public void leave(RoomName room, UserId user) {}
    };

    void enter(RoomName room, User user);

    /** Said once for each {@link #enter}. */
    void leave(RoomName room, UserId user);
}
