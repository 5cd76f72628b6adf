package io.parley.room;

/**
 * Makes the bytes of an entry for one subprotocol. Thread-safe and pure.
 *
 * <p>The bytes depend on room and entry alone, never on who reads them, so that they are made once and serve every reader.
 */
public interface EntryEncoding {

    /** The entry as it goes over the wire, without a separator. The array is shared and must not be changed by anybody. */
    byte[] encode(RoomName room, Entry entry);
}
