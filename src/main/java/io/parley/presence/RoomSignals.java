package io.parley.presence;

import io.parley.identity.User;
import io.parley.identity.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** One room's signals. Thread-safe. Times are in nanoseconds. */
final class RoomSignals {
    private static final int MOST_KEPT = 256;

    // By user: when their typing is over.
    private final Map<UserId, Typist> typing = new LinkedHashMap<>();
    // The last of each kind and user, oldest first.
    private final LinkedHashMap<Key, Kept> passed = new LinkedHashMap<>();
    private long typingVersion;
    private long version;
    private long lastChange;

    RoomSignals(long version) {
        this.version = version;
        this.typingVersion = version;
    }

    /** Whether this changed who is typing. */
    synchronized boolean typing(User user, long now, int most, AtomicLong versions) {
        Typist known = typing.get(user.id());
        if (known == null && typing.size() >= most) {
            return false;
        }
        typing.put(user.id(), new Typist(user, now + Signals.TYPING.toNanos()));
        if (known != null && known.user.equals(user)) {
            return false;
        }
        typingChanged(now, versions);
        return true;
    }

    synchronized boolean notTyping(UserId user, long now, AtomicLong versions) {
        if (typing.remove(user) == null) {
            return false;
        }
        typingChanged(now, versions);
        return true;
    }

    synchronized boolean pass(UserId user, Signal signal, long now, AtomicLong versions) {
        Key key = new Key(signal.getClass(), user);
        passed.remove(key);
        version = versions.incrementAndGet();
        lastChange = now;
        passed.put(key, new Kept(new Signal.Passed(version, signal), now));
        if (passed.size() > MOST_KEPT) {
            Iterator<Kept> oldest = passed.values().iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    /** Forgets what is over; whether that changed who is typing. */
    synchronized boolean expire(long now, AtomicLong versions) {
        Iterator<Kept> oldest = passed.values().iterator();
        while (oldest.hasNext() && now - oldest.next().at >= Signals.KEPT.toNanos()) {
            oldest.remove();
        }
        boolean over = typing.values().removeIf(typist -> now - typist.until >= 0);
        if (over) {
            typingChanged(now, versions);
        }
        return over;
    }

    synchronized boolean isOver(long now) {
        return typing.isEmpty() && passed.isEmpty() && now - lastChange >= Signals.KEPT.toNanos();
    }

    synchronized long version() {
        return version;
    }

    synchronized long entering() {
        return typing.isEmpty() ? version : typingVersion - 1;
    }

    synchronized List<Signal.Passed> since(long seen) {
        if (seen >= version) {
            return List.of();
        }
        List<Signal.Passed> found = new ArrayList<>();
        passed.values().stream()
                .map(Kept::passed)
                .filter(candidate -> candidate.version() > seen)
                .forEach(found::add);
        if (typingVersion > seen) {
            List<User> who = typing.values().stream().map(typist -> typist.user).toList();
            found.add(new Signal.Passed(typingVersion, new Signal.Typing(who)));
        }
        found.sort(Comparator.comparingLong(Signal.Passed::version));
        return found;
    }

    private void typingChanged(long now, AtomicLong versions) {
        version = versions.incrementAndGet();
        typingVersion = version;
        lastChange = now;
    }

    private record Typist(User user, long until) {}

    private record Key(Class<? extends Signal> kind, UserId user) {}

    private record Kept(Signal.Passed passed, long at) {}
}
