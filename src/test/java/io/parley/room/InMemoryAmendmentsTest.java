package io.parley.room;

import io.parley.contract.AmendmentsContract;

class InMemoryAmendmentsTest extends AmendmentsContract {
    @Override
    protected RoomLog emptyLog() {
        return new InMemoryRoomLog();
    }
}
