package io.parley.room;

import io.parley.identity.Pass;
import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/**
 * The port to the store: the logs of all rooms. Thread-safe, but for {@link Transaction}.
 *
 * <p>Every method blocks; only the committer and the readers may call them. What a method returns was committed before it was
 * called or while it ran, and is one consistent view: entries never run past the head beside them.
 *
 * <p>All methods throw {@link RoomLogException} when the store fails.
 */
public interface RoomLog extends AutoCloseable {

    /** The room of that name, if there is one. */
    Optional<RoomInfo> find(RoomName name);

    /** Public rooms in the order of their names, beginning after {@code after}. */
    List<RoomInfo> publicRooms(Optional<RoomName> after, int limit);

    /**
     * Entries after a position, oldest first: gapless, from {@code after + 1} on.
     *
     * @param limit most entries
     * @param weight most {@link Entry#weight()} together; one entry is always given if there is one
     */
    Page after(RoomId room, long after, int limit, int weight);

    /**
     * The newest messages before a position, oldest of them first, as they stand at the page's head.
     *
     * @param reader whose own reactions are told apart
     * @param before {@code Long.MAX_VALUE} for the newest of all
     * @param limit most messages; 0 asks for the room alone
     * @param weight most {@link StandingMessage#weight()} together; one message is always given if there is one and {@code limit} allows
     */
    Messages messagesBefore(RoomId room, UserId reader, long before, int limit, int weight);

    /**
     * The newest messages below a message and before a position, like {@link #messagesBefore}.
     *
     * @return empty when there is no message of that {@code seq} that others may hang below
     */
    Optional<ThreadPage> thread(RoomId room, UserId reader, long root, long before, int limit, int weight);

    /** How far a user has read, in every room where they have said so; of more than {@link ReadMark#MOST_ROOMS} some are left out. */
    Map<RoomId, ReadMark> readMarks(UserId user);

    /** How many messages after a {@code seq} mention a user, by room. */
    Map<RoomId, Long> mentions(UserId user, Map<RoomId, Long> after);

    /** Begins the one write transaction. Called by the committer alone. */
    Transaction begin();

    @Override
    void close();

    /**
     * A part of a log, with the room as it was when it was read. Immutable.
     *
     * @param more whether there are further ones in the direction of reading
     */
    record Page(RoomInfo room, List<? extends Entry> entries, boolean more) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Messages as they stand at the head of the room beside them. Immutable.
     *
     * @param more whether there are older ones
     */
    record Messages(RoomInfo room, List<StandingMessage> messages, boolean more) {
        public Messages {
            messages = List.copyOf(messages);
        }
    }

    /** A message and what hangs below it, at one head. Immutable. */
    record ThreadPage(StandingMessage root, Messages page) {}

    /**
     * One transaction: everything in it, or nothing. Confined to the committer's thread.
     *
     * <p>Closing without {@link #commit()} rolls back. A statement that fails leaves the transaction fit only for closing.
     */
    interface Transaction extends AutoCloseable {

        /** The public room of that name; if it is not there it is made, with a new epoch and that maker. */
        RoomInfo open(RoomName name, UserId maker, Instant at);

        /** Who made a room; empty when nobody knows. */
        Optional<UserId> maker(RoomId room);

        /** The message of that {@code seq} as it stands in this transaction; empty when there is none. */
        Optional<Target> target(RoomId room, long seq);

        /** The last thing that an author did with a sign to a message. */
        Optional<Reacted> reacted(RoomId room, long of, long author, Emoji emoji);

        /** Whether anybody's sign of that kind stands by a message. */
        boolean bears(RoomId room, long of, Emoji emoji);

        /** The rooms as they stand, held against other writers until the end; a room that is gone is left out. */
        Map<RoomId, RoomInfo> lock(SortedSet<RoomId> rooms);

        /**
         * The number under which the store knows an author; a guest who is new is stored, with the session.
         *
         * <p>A guest not seen for {@link io.parley.identity.UserStore#NAME_HELD} holds a name no more: whoever asks for it then gets it.
         *
         * @throws NameHeldException when the guest is new and somebody else holds the name
         */
        long author(User user, Optional<SessionHash> session, Instant at);

        /** Which of those keys were used, and for what. */
        Map<KeyRef, KeyUse> keys(Collection<KeyRef> keys);

        /**
         * Adds entries, and does what they say: what a deletion takes back is erased from the message and its edits, reactions and replies are
         * counted, the room's topic is changed.
         *
         * <p>The caller has given each the next {@code seq} of its room, and has found its key unused in this transaction and what it is about
         * there.
         */
        void append(List<NewEntry> entries);

        /** Moves heads to where the appended entries left them. */
        void moveHeads(Collection<HeadMove> moves);

        /**
         * Gives a stored user another name.
         *
         * @return false when the store does not know that user, which harms nothing
         * @throws NameHeldException when somebody else holds the name
         */
        boolean rename(UserId user, UserName name, Instant at);

        /**
         * Moves a user's read mark forward, never back.
         *
         * @return the mark as it is then; that of a user who is not stored is not stored either
         */
        ReadMark read(UserId user, RoomId room, long seq);

        /** Remembers that a user's session was used, so that name and session are kept. Unknown users are ignored. */
        void touch(UserId user, Instant at);

        /**
         * Ends all sessions of a user, who is stored if they were not.
         *
         * @throws NameHeldException when the user is new and somebody else holds the name
         */
        void revoke(User user, Optional<SessionHash> session, Instant at);

        /**
         * Keeps what a program comes by, and the program as a user if they are not stored.
         *
         * @throws NameHeldException when the user is new and somebody else holds the name
         */
        void issue(Pass pass, Instant at);

        /** Keeps a webhook that is new. */
        void addHook(OutgoingHook hook);

        /** Remembers how far webhooks have taken their rooms; one that is not there, or not any more, is left out. */
        void moveHooks(Map<HookId, Position> positions);

        /** Forgets a webhook, its secret included; one that is not there harms nothing. */
        void endHook(HookId hook);

        /** Takes as much room as a small group would, once for all probes. */
        void probe();

        /** When this returns, all of it survives a crash of the process and of the machine. */
        void commit();

        @Override
        void close();
    }

    /** A key as the log holds it: unique for room and author. */
    record KeyRef(RoomId room, long author, MessageKey key) {}

    /**
     * The entry that used a key.
     *
     * @param hash {@link ContentHash} of what was first posted under it
     */
    record KeyUse(long seq, Instant at, long hash) {}

    /**
     * A message that a write is about, as far as that write must know.
     *
     * @param author as {@link Transaction#author} gave it
     * @param text of the last edit
     * @param edit the last edit
     * @param deleted the deletion
     * @param isRoot whether others may hang below it: it hangs below none itself
     * @param emojis how many different signs stand by it
     */
    record Target(long author, String text, OptionalLong edit, OptionalLong deleted, boolean isRoot, int emojis) {}

    /** Somebody's last word about a sign: the reaction, and whether it put the sign there. */
    record Reacted(long seq, boolean on) {}

    /**
     * An entry about to be stored.
     *
     * @param author as {@link Transaction#author} gave it
     * @param ordinal how many messages the room holds up to and with this entry
     * @param hash {@link ContentHash} of what its author wrote
     */
    record NewEntry(RoomId room, long author, long ordinal, long hash, Entry entry) {}

    /** Where a room's head comes to lie. */
    record HeadMove(RoomId room, long head, long messages, Instant touched) {}
}
