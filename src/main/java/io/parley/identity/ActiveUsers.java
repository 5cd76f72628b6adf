package io.parley.identity;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is here, and which names they hold while they are. Thread-safe.
 *
 * <p>A guest's name is stored with the first post only; until then it is held here, for as long as a connection lasts.
 */
final class ActiveUsers {
    private final Map<UserId, Active> users = new HashMap<>();
    private final Map<String, UserId> names = new HashMap<>();

    /** Somebody who may be here already: counts one more, and gives them as they are called now. */
    synchronized Optional<User> enterAgain(UserId id) {
        Active active = users.get(id);
        if (active == null) {
            return Optional.empty();
        }
        active.logins++;
        return Optional.of(active.user);
    }

    /** Somebody who comes under a name; false when another holds it. One who is here already keeps the name they have. */
    synchronized boolean enter(User user) {
        if (enterAgain(user.id()).isPresent()) {
            return true;
        }
        if (!hold(user)) {
            return false;
        }
        users.put(user.id(), new Active(user));
        return true;
    }

    /** Holds a further name for somebody; false when another has it. */
    synchronized boolean hold(User user) {
        UserId holder = names.putIfAbsent(user.name().folded(), user.id());
        return holder == null || holder.equals(user.id());
    }

    /** Gives up a name that was held and came to nothing. */
    synchronized void release(UserId id, UserName name) {
        Active active = users.get(id);
        if (active == null || !active.user.name().folded().equals(name.folded())) {
            names.remove(name.folded(), id);
        }
    }

    /** Makes a held name the one that the user is called by. */
    synchronized void rename(User renamed) {
        Active active = users.get(renamed.id());
        if (active == null) {
            names.remove(renamed.name().folded(), renamed.id());
            return;
        }
        String before = active.user.name().folded();
        active.user = renamed;
        if (!before.equals(renamed.name().folded())) {
            names.remove(before, renamed.id());
        }
    }

    synchronized User current(UserId id) {
        return here(id).user;
    }

    synchronized void leave(UserId id) {
        Active active = here(id);
        if (--active.logins == 0) {
            users.remove(id);
            names.remove(active.user.name().folded(), id);
        }
    }

    /** Remembers by which session somebody is here. */
    synchronized void remember(UserId id, SessionHash session) {
        here(id).session = session;
    }

    /** Somebody who is here, by their id. */
    synchronized Optional<User> find(UserId id) {
        return Optional.ofNullable(users.get(id)).map(active -> active.user);
    }

    /** Somebody who is here, by a name in the form in which names are compared. */
    synchronized Optional<User> find(String folded) {
        return Optional.ofNullable(names.get(folded)).flatMap(this::find);
    }

    /** The session by which somebody is here. */
    synchronized Optional<SessionHash> session(UserId id) {
        return Optional.ofNullable(users.get(id)).flatMap(active -> Optional.ofNullable(active.session));
    }

    synchronized int size() {
        return users.size();
    }

    private Active here(UserId id) {
        @Nullable Active active = users.get(id);
        if (active == null) {
            throw new IllegalStateException("nobody of that id is here");
        }
        return active;
    }

    private static final class Active {
        User user;
        int logins = 1;

        @Nullable
        SessionHash session;

        Active(User user) {
            this.user = user;
        }
    }
}
