package io.parley.room;

import io.parley.contract.MarksContract;

class InMemoryMarksTest extends MarksContract {
    @Override
    protected RoomLog emptyLog() {
        return new InMemoryRoomLog();
    }
}
