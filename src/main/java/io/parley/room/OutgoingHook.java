package io.parley.room;

/**
 * Somebody elsewhere who is sent the entries of a room, and how far they have taken them. Immutable.
 *
 * <p>It is a reader whose cursor is kept by the server: what its position says was taken is not sent again.
 *
 * @param url where entries go; may hold a secret of the receiver's
 */
public record OutgoingHook(HookId id, RoomName room, String url, HookSecret secret, Position position) {
    /** Without the URL: fit for a log. */
    @Override
    public String toString() {
        return "OutgoingHook[" + id + " of " + room + "]";
    }
}
