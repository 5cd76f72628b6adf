package io.parley.room;

import io.parley.identity.Pass;
import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.identity.UserStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A log that keeps its promises until the process ends. Thread-safe.
 *
 * <p>A transaction works on a copy, which the commit puts in the place of what was there.
 */
public final class InMemoryRoomLog implements RoomLog {
    private volatile InMemoryState state = new InMemoryState();
    private final AtomicLong entriesRead = new AtomicLong();
    private volatile Runnable beforeFinding = () -> {};
    private volatile Runnable beforeReading = () -> {};
    private volatile Runnable afterReading = () -> {};
    private volatile Consumer<List<NewEntry>> beforeAppend = entries -> {};
    private volatile Runnable beforeCommit = () -> {};
    private volatile Runnable afterCommit = () -> {};

    /** Lets a test fail the looking up of a room, by throwing. */
    public void beforeFinding(Runnable hook) {
        beforeFinding = hook;
    }

    /** Lets a test fail a page of entries, by throwing. */
    public void beforeReading(Runnable hook) {
        beforeReading = hook;
    }

    /** Lets a test do something when a page of entries was read, and is not yet given to whoever asked for it. */
    public void afterReading(Runnable hook) {
        afterReading = hook;
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
        beforeFinding.run();
        return Optional.ofNullable(state.rooms.get(name)).map(room -> room.info());
    }

    @Override
    public List<RoomInfo> publicRooms(Optional<RoomName> after, int limit) {
        return state.rooms.values().stream()
                .map(room -> room.info())
                .filter(info -> info.kind() == RoomKind.PUBLIC)
                .filter(info -> after.isEmpty() || info.name().compareTo(after.get()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public Page after(RoomId room, long after, int limit, int weight) {
        beforeReading.run();
        Page page = page(room, after, limit, weight);
        afterReading.run();
        return page;
    }

    private Page page(RoomId room, long after, int limit, int weight) {
        InMemoryState.Stored stored = state.byId(room);
        List<Entry> found = new ArrayList<>();
        int left = weight;
        for (Entry entry : stored.entries()
                .subList(
                        (int) Math.min(after, stored.entries().size()),
                        stored.entries().size())) {
            left -= entry.weight();
            if (found.size() == limit || (left < 0 && !found.isEmpty())) {
                return new Page(stored.info(), found, true);
            }
            found.add(entry);
            entriesRead.incrementAndGet();
        }
        return new Page(stored.info(), found, false);
    }

    @Override
    public Messages messagesBefore(RoomId room, UserId reader, long before, int limit, int weight) {
        InMemoryState.Stored stored = state.byId(room);
        return new Fold(stored.entries(), reader).page(stored.info(), message -> true, before, limit, weight);
    }

    @Override
    public Optional<ThreadPage> thread(RoomId room, UserId reader, long root, long before, int limit, int weight) {
        InMemoryState.Stored stored = state.byId(room);
        Fold fold = new Fold(stored.entries(), reader);
        return fold.message(root)
                .filter(top -> top.message().content().thread().isEmpty())
                .map(top -> new ThreadPage(
                        top,
                        fold.page(
                                stored.info(),
                                content -> content.thread().equals(OptionalLong.of(root)),
                                before,
                                limit,
                                Math.max(0, weight - top.weight()))));
    }

    @Override
    public Map<RoomId, ReadMark> readMarks(UserId user) {
        beforeReading.run();
        return Map.copyOf(state.marks.getOrDefault(user, Map.of()));
    }

    @Override
    public Map<RoomId, Long> mentions(UserId user, Map<RoomId, Long> after) {
        Map<RoomId, Long> counts = new HashMap<>();
        after.forEach((room, seq) -> counts.put(
                room,
                state.byId(room).entries().stream()
                        .filter(entry -> entry instanceof Entry.Message && entry.seq() > seq)
                        .filter(entry -> entry.mentions().contains(user))
                        .count()));
        return counts;
    }

    /** The users in this log; what is written of them goes through the committer. */
    public UserStore users(Function<Write, CompletionStage<Written>> committer) {
        return new InMemoryUsers(() -> state, committer);
    }

    /** The outgoing webhooks in this log. */
    public List<OutgoingHook> outgoingHooks() {
        return List.copyOf(state.hooks.values());
    }

    @Override
    public Transaction begin() {
        return new Work(new InMemoryState(state));
    }

    @Override
    public void close() {}

    private final class Work implements Transaction {
        private final InMemoryState copy;
        private boolean open = true;

        Work(InMemoryState copy) {
            this.copy = copy;
        }

        @Override
        public RoomInfo open(RoomName name, UserId maker, Instant at) {
            InMemoryState.Stored known = copy.rooms.get(name);
            if (known == null) {
                RoomId id = new RoomId(copy.rooms.size() + 1L);
                Epoch epoch = new Epoch("epoch-" + id.value());
                known = new InMemoryState.Stored(
                        new RoomInfo(id, name, RoomKind.PUBLIC, "", epoch, 1, 0, 0, at), List.of());
                copy.rooms.put(name, known);
                copy.makers.put(id, maker);
            }
            return known.info();
        }

        @Override
        public Optional<UserId> maker(RoomId room) {
            return Optional.ofNullable(copy.makers.get(room));
        }

        @Override
        public Optional<Target> target(RoomId room, long seq) {
            return new Fold(copy.byId(room).entries(), new UserId("nobody")).target(seq, copy.authors);
        }

        @Override
        public Optional<Reacted> reacted(RoomId room, long of, long author, Emoji emoji) {
            return new Fold(copy.byId(room).entries(), copy.user(author)).reacted(of, emoji);
        }

        @Override
        public boolean bears(RoomId room, long of, Emoji emoji) {
            return new Fold(copy.byId(room).entries(), new UserId("nobody"))
                    .message(of)
                    .map(message -> message.reactions().containsKey(emoji))
                    .orElse(false);
        }

        @Override
        public Map<RoomId, RoomInfo> lock(SortedSet<RoomId> rooms) {
            Map<RoomId, RoomInfo> found = new HashMap<>();
            copy.rooms.values().stream()
                    .filter(room -> rooms.contains(room.info().id()))
                    .forEach(room -> found.put(room.info().id(), room.info()));
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
                InMemoryState.Stored room = copy.byId(move.room());
                RoomInfo was = room.info();
                copy.rooms.put(
                        was.name(),
                        new InMemoryState.Stored(
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
                                room.entries()));
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
        public ReadMark read(UserId user, RoomId room, long seq) {
            return copy.read(user, room, seq);
        }

        @Override
        public void touch(UserId user, Instant at) {
            copy.users.computeIfPresent(
                    user, (id, known) -> new UserStore.StoredUser(known.user(), later(known.lastUsed(), at)));
        }

        @Override
        public void probe() {}

        @Override
        public void revoke(User user, Optional<SessionHash> session, Instant at) {
            author(user, session, at);
            Map<SessionHash, UserId> ended = new HashMap<>(copy.sessions);
            ended.values().removeIf(of -> !of.equals(user.id()));
            copy.revoked.addAll(ended.keySet());
        }

        /** Nobody looks for what programs come by in a log in memory; that they are users then is all. */
        @Override
        public void issue(Pass pass, Instant at) {
            author(pass.user(), Optional.empty(), at);
            copy.sessions.put(pass.hash(), pass.user().id());
        }

        @Override
        public void addHook(OutgoingHook hook) {
            copy.hooks.put(hook.id(), hook);
        }

        @Override
        public void moveHooks(Map<HookId, Position> positions) {
            positions.forEach((id, position) -> copy.hooks.computeIfPresent(
                    id, (same, hook) -> new OutgoingHook(id, hook.room(), hook.url(), hook.secret(), position)));
        }

        @Override
        public void endHook(HookId hook) {
            copy.hooks.remove(hook);
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
}
