package io.parley.room;

import io.parley.contract.RoomLogContract;

class InMemoryRoomLogTest extends RoomLogContract {
    @Override
    protected RoomLog emptyLog() {
        return new InMemoryRoomLog();
    }
}
