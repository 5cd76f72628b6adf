package io.parley.room;

import io.parley.contract.AuthorsContract;

class InMemoryAuthorsTest extends AuthorsContract {
    @Override
    protected RoomLog emptyLog() {
        return new InMemoryRoomLog();
    }
}
