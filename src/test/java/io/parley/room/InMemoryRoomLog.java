package io.parley.room;

import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.identity.UserStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A log that keeps its promises until the process ends. Thread-safe.
 *
 * <p>A transaction works on a copy, which the commit puts in the place of what was there.
 */
public final class InMemoryRoomLog implements RoomLog {
    private volatile State state = new State();
    private final AtomicLong entriesRead = new AtomicLong();
    private volatile Runnable beforeReading = () -> {};
    private volatile Consumer<List<NewEntry>> beforeAppend = entries -> {};
    private volatile Runnable beforeCommit = () -> {};
    private volatile Runnable afterCommit = () -> {};

    /** Lets a test fail a page of entries, by throwing. */
    public void beforeReading(Runnable hook) {
        beforeReading = hook;
    }

    /** How many entries were read after a position, by all together. */
    public long entriesRead() {
        return entriesRead.get();
    }

    /** Lets a test fail what is appended, by throwing. */
    public void beforeAppend(Consumer<List<NewEntry>> hook) {
        beforeAppend = hook;
    }

    /** Lets a test fail a commit before anything was written, by throwing. */
    public void beforeCommit(Runnable hook) {
        beforeCommit = hook;
    }

    /** Lets a test lose the answer to a commit that was written, by throwing. */
    public void afterCommit(Runnable hook) {
        afterCommit = hook;
    }

    @Override
    public Optional<RoomInfo> find(RoomName name) {
        return Optional.ofNullable(state.rooms.get(name)).map(room -> room.info);
    }

    @Override
    public List<RoomInfo> publicRooms(Optional<RoomName> after, int limit) {
        return state.rooms.values().stream()
                .map(room -> room.info)
                .filter(info -> info.kind() == RoomKind.PUBLIC)
                .filter(info -> after.isEmpty() || info.name().compareTo(after.get()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public Page after(RoomId room, long after, int limit, int weight) {
        beforeReading.run();
        Stored stored = state.byId(room);
        List<Entry> found = new ArrayList<>();
        int left = weight;
        for (Entry entry :
                stored.entries.subList((int) Math.min(after, stored.entries.size()), stored.entries.size())) {
            left -= entry.weight();
            if (found.size() == limit || (left < 0 && !found.isEmpty())) {
                return new Page(stored.info, found, true);
            }
            found.add(entry);
            entriesRead.incrementAndGet();
        }
        return new Page(stored.info, found, false);
    }

    @Override
    public Page messagesBefore(RoomId room, long before, int limit, int weight) {
        Stored stored = state.byId(room);
        List<Entry> found = new ArrayList<>();
        int left = weight;
        for (int i = (int) Math.min(before - 1, stored.entries.size()) - 1; i >= 0; i--) {
            Entry entry = stored.entries.get(i);
            left -= entry.weight();
            if (found.size() == limit || (left < 0 && !found.isEmpty())) {
                return new Page(stored.info, found, true);
            }
            found.add(0, entry);
        }
        return new Page(stored.info, found, false);
    }

    /** The users in this log; what is written of them goes through the committer. */
    public UserStore users(Function<Write, CompletionStage<Written>> committer) {
        return new Users(committer);
    }

    @Override
    public Transaction begin() {
        return new Work(new State(state));
    }

    @Override
    public void close() {}

    private final class Work implements Transaction {
        private final State copy;
        private boolean open = true;

        Work(State copy) {
            this.copy = copy;
        }

        @Override
        public RoomInfo open(RoomName name, Instant at) {
            Stored known = copy.rooms.get(name);
            if (known == null) {
                RoomId id = new RoomId(copy.rooms.size() + 1L);
                Epoch epoch = new Epoch("epoch-" + id.value());
                known = new Stored(new RoomInfo(id, name, RoomKind.PUBLIC, "", epoch, 1, 0, 0, at), List.of());
                copy.rooms.put(name, known);
            }
            return known.info;
        }

        @Override
        public Map<RoomId, RoomInfo> lock(SortedSet<RoomId> rooms) {
            Map<RoomId, RoomInfo> found = new HashMap<>();
            copy.rooms.values().stream()
                    .filter(room -> rooms.contains(room.info.id()))
                    .forEach(room -> found.put(room.info.id(), room.info));
            return found;
        }

        @Override
        public long author(User user, Optional<SessionHash> session, Instant at) {
            Integer known = copy.authors.get(user.id());
            if (known != null) {
                return known;
            }
            copy.claim(user.name(), user.id(), at);
            int number = copy.authors.size() + 1;
            copy.authors.put(user.id(), number);
            copy.users.put(user.id(), new UserStore.StoredUser(user, at));
            session.ifPresent(hash -> copy.sessions.put(hash, user.id()));
            return number;
        }

        @Override
        public Map<KeyRef, KeyUse> keys(Collection<KeyRef> keys) {
            Map<KeyRef, KeyUse> used = new HashMap<>();
            keys.stream().filter(copy.keys::containsKey).forEach(key -> used.put(key, copy.keys.get(key)));
            return used;
        }

        @Override
        public void append(List<NewEntry> entries) {
            requireOpen();
            try {
                beforeAppend.accept(entries);
            } catch (RuntimeException e) {
                open = false;
                throw e;
            }
            for (NewEntry added : entries) {
                try {
                    copy.add(added);
                } catch (IllegalArgumentException e) {
                    open = false;
                    throw new RoomLogException(RoomLogException.Fault.REJECTED, "an entry could not be stored", e);
                }
            }
        }

        @Override
        public void moveHeads(Collection<HeadMove> moves) {
            for (HeadMove move : moves) {
                Stored room = copy.byId(move.room());
                RoomInfo was = room.info;
                copy.rooms.put(
                        was.name(),
                        new Stored(
                                new RoomInfo(
                                        was.id(),
                                        was.name(),
                                        was.kind(),
                                        was.topic(),
                                        was.epoch(),
                                        was.first(),
                                        move.head(),
                                        move.messages(),
                                        move.touched()),
                                room.entries));
            }
        }

        @Override
        public boolean rename(UserId user, UserName name, Instant at) {
            UserStore.StoredUser known = copy.users.get(user);
            if (known == null) {
                return false;
            }
            copy.claim(name, user, at);
            copy.users.put(user, new UserStore.StoredUser(known.user().named(name), at));
            return true;
        }

        @Override
        public void touch(UserId user, Instant at) {
            copy.users.computeIfPresent(
                    user, (id, known) -> new UserStore.StoredUser(known.user(), later(known.lastUsed(), at)));
        }

        @Override
        public void revoke(User user, Optional<SessionHash> session, Instant at) {
            author(user, session, at);
            Map<SessionHash, UserId> ended = new HashMap<>(copy.sessions);
            ended.values().removeIf(of -> !of.equals(user.id()));
            copy.revoked.addAll(ended.keySet());
        }

        @Override
        public void commit() {
            requireOpen();
            open = false;
            beforeCommit.run();
            state = copy;
            afterCommit.run();
        }

        @Override
        public void close() {
            open = false;
        }

        private void requireOpen() {
            if (!open) {
                throw new IllegalStateException("this transaction is good for nothing but closing");
            }
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }

    private final class Users implements UserStore {
        private final Function<Write, CompletionStage<Written>> committer;

        Users(Function<Write, CompletionStage<Written>> committer) {
            this.committer = committer;
        }

        @Override
        public byte[] tokenKey() {
            return new byte[32];
        }

        @Override
        public Optional<StoredUser> bySession(SessionHash hash) {
            State now = state;
            return Optional.ofNullable(now.sessions.get(hash))
                    .filter(user -> !now.revoked.contains(hash))
                    .map(now.users::get);
        }

        @Override
        public Set<SessionHash> revoked() {
            return Set.copyOf(state.revoked);
        }

        @Override
        public Optional<User> byId(UserId id) {
            return Optional.ofNullable(state.users.get(id)).map(StoredUser::user);
        }

        @Override
        public Set<SessionHash> sessions(UserId user) {
            Map<SessionHash, UserId> all = new HashMap<>(state.sessions);
            all.values().removeIf(of -> !of.equals(user));
            return all.keySet();
        }

        @Override
        public CompletionStage<Boolean> revoke(User user, Optional<SessionHash> session) {
            return committer.apply(new Write.Revoke(user, session)).thenApply(Written.Done.class::isInstance);
        }

        @Override
        public Optional<UserId> holderOf(String folded, Instant at) {
            State now = state;
            return Optional.ofNullable(now.names.get(folded)).filter(holder -> now.isHeldBy(holder, at));
        }

        @Override
        public CompletionStage<Boolean> rename(UserId user, UserName name, Instant at) {
            return committer.apply(new Write.Rename(user, name)).thenApply(written -> {
                if (written instanceof Written.Refused refused && refused.reason() != Written.Reason.NAME_HELD) {
                    throw new RejectedExecutionException("a name could not be stored: " + refused.reason());
                }
                return written instanceof Written.Done;
            });
        }

        @Override
        public void touch(UserId user, Instant at) {
            CompletionStage<Written> unused = committer.apply(new Write.Touch(user));
        }
    }

    private record Stored(RoomInfo info, List<Entry> entries) {}

    private static final class State {
        final TreeMap<RoomName, Stored> rooms = new TreeMap<>();
        final Map<UserId, Integer> authors = new HashMap<>();
        final Map<UserId, UserStore.StoredUser> users = new LinkedHashMap<>();
        final Map<SessionHash, UserId> sessions = new HashMap<>();
        final Set<SessionHash> revoked = new HashSet<>();
        final Map<KeyRef, KeyUse> keys = new HashMap<>();
        final Map<String, UserId> names = new HashMap<>();

        State() {}

        State(State other) {
            rooms.putAll(other.rooms);
            authors.putAll(other.authors);
            users.putAll(other.users);
            sessions.putAll(other.sessions);
            revoked.addAll(other.revoked);
            keys.putAll(other.keys);
            names.putAll(other.names);
        }

        Stored byId(RoomId id) {
            return rooms.values().stream()
                    .filter(room -> room.info.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new RoomLogException(
                            RoomLogException.Fault.REJECTED,
                            "a room could not be read",
                            new IllegalArgumentException("no room " + id.value())));
        }

        void add(NewEntry added) {
            Stored room = byId(added.room());
            if (added.entry().seq() != room.entries.size() + 1) {
                throw new IllegalArgumentException("entry " + added.entry().seq() + " does not come next");
            }
            List<Entry> longer = new ArrayList<>(room.entries);
            longer.add(added.entry());
            rooms.put(room.info.name(), new Stored(room.info, longer));
            if (added.entry() instanceof Entry.Message message && message.key().isPresent()) {
                KeyRef key =
                        new KeyRef(added.room(), added.author(), message.key().get());
                if (keys.put(key, new KeyUse(message.seq(), message.at(), added.hash())) != null) {
                    throw new IllegalArgumentException("a key is used twice");
                }
            }
        }

        /** Gives a name to somebody, and takes it from a guest who was not seen for long. */
        void claim(UserName name, UserId claimant, Instant at) {
            UserId holder = names.get(name.folded());
            if (holder != null && !holder.equals(claimant) && isHeldBy(holder, at)) {
                throw new NameHeldException();
            }
            names.values().removeIf(claimant::equals);
            names.put(name.folded(), claimant);
        }

        /** Whether somebody still holds the name that they have; guests who were not seen for long do not. */
        boolean isHeldBy(UserId holder, Instant at) {
            UserStore.StoredUser known = users.get(holder);
            return known == null
                    || !known.user().guest()
                    || known.lastUsed().plus(UserStore.NAME_HELD).isAfter(at);
        }
    }
}
