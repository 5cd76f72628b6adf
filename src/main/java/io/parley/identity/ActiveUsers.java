package io.parley.identity;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        if (!isFree(user)) {
            return false;
        }
        forms(user.name()).forEach(form -> names.put(form, user.id()));
        return true;
    }

    /** Whether nobody else here holds the user's name, or one that looks like it. */
    synchronized boolean isFree(User user) {
        return forms(user.name()).stream().allMatch(form -> user.id().equals(names.getOrDefault(form, user.id())));
    }

    /** Who of those here holds a name, given as {@link UserName#folded()}. */
    synchronized Optional<UserId> holderOf(String folded) {
        return Optional.ofNullable(names.get("is " + folded));
    }

    /** Gives up a name that was held and came to nothing. */
    synchronized void release(UserId id, UserName name) {
        Active active = users.get(id);
        giveUp(name, id, active == null ? Set.of() : forms(active.user.name()));
    }

    /** Makes a held name the one that the user is called by. */
    synchronized void rename(User renamed) {
        Active active = users.get(renamed.id());
        if (active == null) {
            giveUp(renamed.name(), renamed.id(), Set.of());
            return;
        }
        UserName before = active.user.name();
        active.user = renamed;
        giveUp(before, renamed.id(), forms(renamed.name()));
    }

    synchronized User current(UserId id) {
        return here(id).user;
    }

    synchronized void leave(UserId id) {
        Active active = here(id);
        if (--active.logins == 0) {
            users.remove(id);
            giveUp(active.user.name(), id, Set.of());
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
        return holderOf(folded).flatMap(this::find);
    }

    /** The session by which somebody is here. */
    synchronized Optional<SessionHash> session(UserId id) {
        return Optional.ofNullable(users.get(id)).flatMap(active -> Optional.ofNullable(active.session));
    }

    synchronized int size() {
        return users.size();
    }

    /** Gives up what a name holds, but for what is held otherwise too. */
    private void giveUp(UserName name, UserId id, Set<String> kept) {
        forms(name).stream().filter(form -> !kept.contains(form)).forEach(form -> names.remove(form, id));
    }

    /** What a name keeps others from: itself, and what looks like it. */
    private static Set<String> forms(UserName name) {
        // The two kinds must not meet: a name that looks like "lan" does not keep anybody from being "ian".
        return Set.of("is " + name.folded(), "looks like " + name.looks());
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
