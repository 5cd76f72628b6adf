package io.parley.store;

import io.parley.contract.AmendmentsContract;
import io.parley.room.RoomLog;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class SqliteAmendmentsTest extends AmendmentsContract {
    private @Nullable SqliteStore store;

    @Override
    protected RoomLog emptyLog() {
        store = SqliteStore.open(folder, Clock.systemUTC(), new SecureRandom(), 2);
        return store.roomLog();
    }

    @AfterEach
    void closeStore() {
        if (store != null) {
            store.close();
        }
    }
}
