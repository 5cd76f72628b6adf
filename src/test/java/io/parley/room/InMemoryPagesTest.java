package io.parley.room;

import io.parley.contract.PagesContract;

class InMemoryPagesTest extends PagesContract {
    @Override
    protected RoomLog emptyLog() {
        return new InMemoryRoomLog();
    }
}
