package io.parley.presence;

import io.parley.identity.User;
import io.parley.identity.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One room's presence: who is there, and the last changes. Thread-safe. */
final class RoomPresence {
    // Followers that fall behind by more than this get the whole list instead.
    private static final int CHANGES_KEPT = 256;

    private final Map<UserId, Entrant> present = new LinkedHashMap<>();
    private final ArrayDeque<Change> changes = new ArrayDeque<>();
    private long version;
    private long forgottenUpTo;

    RoomPresence(long version) {
        this.version = version;
        this.forgottenUpTo = version;
    }

    /** Whether this changed who is there, rather than by how many connections. */
    synchronized boolean enter(User user, AtomicLong versions) {
        Entrant entrant = present.get(user.id());
        if (entrant != null) {
            entrant.connections++;
            return false;
        }
        present.put(user.id(), new Entrant(user));
        record(user, true, versions);
        return true;
    }

    synchronized boolean leave(UserId user, AtomicLong versions) {
        Entrant entrant = present.get(user);
        if (entrant == null || --entrant.connections > 0) {
            return false;
        }
        present.remove(user);
        record(entrant.user, false, versions);
        return true;
    }

    synchronized boolean rename(User user, AtomicLong versions) {
        Entrant entrant = present.get(user.id());
        if (entrant == null || entrant.user.equals(user)) {
            return false;
        }
        entrant.user = user;
        record(user, true, versions);
        return true;
    }

    synchronized boolean isEmpty() {
        return present.isEmpty();
    }

    synchronized Present all(int longestList) {
        List<User> users = present.size() > longestList
                ? List.of()
                : present.values().stream().map(entrant -> entrant.user).toList();
        return new Present(version, users, present.size());
    }

    synchronized Optional<PresenceChange> since(long seen, int longestList) {
        if (seen >= version) {
            return Optional.empty();
        }
        if (seen < forgottenUpTo) {
            return Optional.of(new PresenceChange.Reset(all(longestList)));
        }
        Map<UserId, Change> last = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change.version > seen) {
                last.put(change.user.id(), change);
            }
        }
        List<User> joined = new ArrayList<>();
        List<User> left = new ArrayList<>();
        if (last.size() > longestList) {
            return Optional.of(new PresenceChange.Reset(all(longestList)));
        }
        last.values().forEach(change -> (change.came ? joined : left).add(change.user));
        return Optional.of(new PresenceChange.Moved(version, joined, left, present.size()));
    }

    private void record(User user, boolean came, AtomicLong versions) {
        version = versions.incrementAndGet();
        changes.addLast(new Change(version, user, came));
        if (changes.size() > CHANGES_KEPT) {
            forgottenUpTo = changes.removeFirst().version;
        }
    }

    private record Change(long version, User user, boolean came) {}

    private static final class Entrant {
        User user;
        int connections = 1;

        Entrant(User user) {
            this.user = user;
        }
    }
}
