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
            return rename(user, versions);
        }
        present.put(user.id(), new Entrant(user));
        record(new Change(versions.incrementAndGet(), user, false, true));
        return true;
    }

    synchronized boolean leave(UserId user, AtomicLong versions) {
        Entrant entrant = present.get(user);
        if (entrant == null || --entrant.connections > 0) {
            return false;
        }
        present.remove(user);
        record(new Change(versions.incrementAndGet(), entrant.user, true, false));
        return true;
    }

    synchronized boolean rename(User user, AtomicLong versions) {
        Entrant entrant = present.get(user.id());
        if (entrant == null || entrant.user.equals(user)) {
            return false;
        }
        entrant.user = user;
        record(new Change(versions.incrementAndGet(), user, true, true));
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
        Map<UserId, Span> spans = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change.version > seen) {
                spans.merge(change.user.id(), new Span(change, change), Span::upTo);
            }
        }
        List<User> joined = new ArrayList<>();
        List<User> left = new ArrayList<>();
        for (Span span : spans.values()) {
            if (span.isMoved()) {
                (span.last.after ? joined : left).add(span.last.user);
            }
        }
        if (joined.size() + left.size() > longestList) {
            return Optional.of(new PresenceChange.Reset(all(longestList)));
        }
        return joined.isEmpty() && left.isEmpty()
                ? Optional.empty()
                : Optional.of(new PresenceChange.Moved(version, joined, left, present.size()));
    }

    private void record(Change change) {
        version = change.version;
        changes.addLast(change);
        if (changes.size() > CHANGES_KEPT) {
            forgottenUpTo = changes.removeFirst().version;
        }
    }

    /**
     * Somebody came, went, or is called otherwise. Immutable.
     *
     * @param before whether they were there before
     * @param after whether they are there afterwards
     */
    private record Change(long version, User user, boolean before, boolean after) {}

    /** All of one user's changes that a follower has not seen. Immutable. */
    private record Span(Change first, Change last) {
        Span upTo(Span later) {
            return new Span(first, later.last);
        }

        /** Not for who came and went again, nor for who went and is back as they were. */
        boolean isMoved() {
            boolean back = first.before && !first.after && last.user.equals(first.user);
            return first.before != last.after || (last.after && !back);
        }
    }

    private static final class Entrant {
        User user;
        int connections = 1;

        Entrant(User user) {
            this.user = user;
        }
    }
}
