package io.parley.cli;

import io.parley.identity.Identities;
import io.parley.identity.User;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;

/** Finds what an operator names. */
final class Named {
    private Named() {}

    /** @throws CommandFailure when rooms cannot be called so */
    static RoomName room(String typed) {
        try {
            return RoomName.parse(typed);
        } catch (InvalidInput e) {
            throw CommandFailure.notDone("ROOM is no room's name: " + e.getMessage());
        }
    }

    /**
     * @param typed a name or an id
     * @throws CommandFailure when there is nobody of that name, and nobody with that id
     */
    static User guest(Identities identities, String typed) {
        return identities
                .find(typed)
                .orElseThrow(() -> CommandFailure.notDone("nobody here or in the store is called " + typed));
    }
}
