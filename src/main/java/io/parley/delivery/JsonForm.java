package io.parley.delivery;

import io.parley.room.RoomName;
import io.parley.text.JsonInput;

/** The port to a language's JSON, for doors that have commands of their own. Thread-safe and pure. */
public interface JsonForm {

    /**
     * A message as somebody wrote it down.
     *
     * @throws io.parley.text.InvalidInput when it cannot be taken
     */
    Command.Post post(RoomName room, JsonInput message);

    /** What an answer says, as one object in UTF-8; of none that {@link Reply.Failed failed}. */
    byte[] body(Reply reply);
}
