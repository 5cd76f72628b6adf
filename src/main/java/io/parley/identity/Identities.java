package io.parley.identity;

import io.parley.text.InvalidInput;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Finds out who somebody is, and what they may be called. Thread-safe. */
public final class Identities {
    private static final Logger LOG = System.getLogger(Identities.class.getName());
    private static final int ATTEMPTS_AT_A_NAME = 20;
    private static final Duration TOUCH_AFTER = Duration.ofDays(1);

    private final UserStore store;
    private final boolean guestsAllowed;
    private final Clock clock;
    private final GuestTokens tokens;
    private final MadeUpNames madeUpNames;
    private final ActiveUsers users = new ActiveUsers();

    public Identities(UserStore store, boolean guestsAllowed, Clock clock, SecureRandom random) {
        this.store = store;
        this.guestsAllowed = guestsAllowed;
        this.clock = clock;
        this.tokens = new GuestTokens(store.tokenKey(), random);
        tokens.revoke(store.revoked());
        users.hold(User.OPERATOR);
        this.madeUpNames = new MadeUpNames(random);
    }

    /** How guests' tokens are made, for doors that hand them out as cookies. */
    public GuestTokens tokens() {
        return tokens;
    }

    /** How many people are here. */
    public int active() {
        return users.size();
    }

    /**
     * Whether these say of somebody who they are, or claim to and will be refused. Blocks: for readers.
     *
     * <p>That a guest's token was made here is not enough: the page hands them out for nothing, and who has a thousand of them would be a
     * thousand guests. It must be of somebody who is here or stored.
     */
    public boolean isKnown(Credentials credentials) {
        Optional<String> given = credentials.token().isPresent() ? credentials.token() : credentials.cookie();
        Optional<SessionToken> guest = given.flatMap(tokens::check);
        if (credentials.pass().isPresent() || guest.isEmpty()) {
            return credentials.pass().isPresent() || credentials.token().isPresent();
        }
        return users.find(guest.get().guest()).isPresent()
                || store.bySession(guest.get().hash()).isPresent();
    }

    /**
     * Lets somebody in. Blocks: for readers.
     *
     * @throws LoginRefusedException when the token is not good, or a guest comes where none may
     */
    public Login login(Credentials credentials) {
        Optional<SessionHash> bot = credentials
                .pass()
                .map(Pass::hash)
                .or(() -> credentials.token().filter(Passes::isToken).map(SessionHash::of));
        return bot.isPresent() ? bot(bot.get()) : guest(credentials);
    }

    private Login bot(SessionHash hash) {
        UserStore.StoredUser known = (tokens.isRevoked(hash)
                        ? Optional.<UserStore.StoredUser>empty()
                        : store.bySession(hash))
                .orElseThrow(Identities::unknownToken);
        UserId id = known.user().id();
        if (users.enterAgain(id).isEmpty()) {
            enterStored(known);
        }
        users.remember(id, hash);
        return new Login(users, id, new SessionToken("", hash, id), false);
    }

    private Login guest(Credentials credentials) {
        Optional<SessionToken> brought = credentials.token().isPresent()
                ? Optional.of(credentials.token().flatMap(tokens::check).orElseThrow(Identities::unknownToken))
                : credentials.cookie().flatMap(tokens::check);
        if (!guestsAllowed) {
            throw new LoginRefusedException(
                    "guests are not let in here, and there is no account that this token belongs to");
        }
        SessionToken session = brought.orElseGet(tokens::mint);
        Optional<UserStore.StoredUser> stored = brought.flatMap(token -> store.bySession(token.hash()));
        UserId id = stored.map(known -> known.user().id()).orElse(session.guest());
        if (users.enterAgain(id).isEmpty()) {
            stored.ifPresentOrElse(this::enterStored, () -> enterNew(id, credentials.name()));
        }
        users.remember(id, session.hash());
        return new Login(users, id, session, brought.isEmpty());
    }

    /**
     * Gives somebody another name. Blocks for looking it up, then waits for the write.
     *
     * @return the user renamed, or empty when somebody else holds the name; a failing store fails the stage
     */
    public CompletionStage<Optional<User>> rename(Login login, UserName name) {
        User before = login.user();
        User renamed = before.named(name);
        if (!users.hold(renamed)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return stored(renamed).handle((done, failure) -> {
            if (failure == null && done) {
                users.rename(renamed);
                return Optional.of(renamed);
            }
            users.release(before.id(), name);
            if (failure != null) {
                throw failure instanceof CompletionException known ? known : new CompletionException(failure);
            }
            return Optional.empty();
        });
    }

    /** A name like one that is taken, and free as far as one can tell. Blocks: for readers. */
    public Optional<UserName> suggestion(UserName taken, UserId wanting) {
        for (int number = 2; number < 2 + ATTEMPTS_AT_A_NAME; number++) {
            User wish = User.guest(wanting, taken.numbered(number));
            if (users.isFree(wish) && !heldByOther(wish)) {
                return Optional.of(wish.name());
            }
        }
        return Optional.empty();
    }

    /** Who is called that, here or not. Blocks: for readers. */
    public Optional<UserId> called(UserName name) {
        Optional<UserId> here = users.holderOf(name.folded());
        return here.isPresent() ? here : store.holderOf(name, clock.instant());
    }

    /** Keeps a name for a user who is being made; false when somebody else here holds it. */
    boolean reserve(User user) {
        return users.hold(user);
    }

    /** The user was made, and is known to the store by that name, or was not. */
    void release(User user) {
        users.release(user.id(), user.name());
    }

    /** Somebody who is here, as they are called now. */
    public Optional<User> here(UserId id) {
        return users.find(id);
    }

    /** Somebody by their id or their name, here or stored. Blocks. */
    public Optional<User> find(String idOrName) {
        Optional<UserId> id = idOrName.length() <= UserId.MOST_CHARACTERS && !idOrName.isEmpty()
                ? Optional.of(new UserId(idOrName))
                : Optional.empty();
        Optional<User> byId = id.flatMap(users::find).or(() -> id.flatMap(store::byId));
        return byId.or(() -> parsed(idOrName)
                .flatMap(name -> users.find(name.folded())
                        .or(() -> store.holderOf(name, clock.instant()).flatMap(store::byId))));
    }

    /**
     * Ends the sessions of somebody, for ever. Blocks for looking them up, then waits for the write.
     *
     * @return false when the store takes no writes now; the sessions are refused until the next start nevertheless
     */
    public CompletionStage<Boolean> revoke(User user) {
        Optional<SessionHash> here = users.session(user.id());
        // Before the write, so that nobody slips in while it is under way.
        here.ifPresent(session -> tokens.revoke(List.of(session)));
        tokens.revoke(store.sessions(user.id()));
        return store.revoke(user, here);
    }

    /** Whether a login's session was ended meanwhile. */
    public boolean isRevoked(Login login) {
        return tokens.isRevoked(login.session());
    }

    /** Has the name stored; whatever the store throws is in the stage. */
    private CompletionStage<Boolean> stored(User renamed) {
        try {
            return heldByOther(renamed)
                    ? CompletableFuture.completedFuture(false)
                    : store.rename(renamed.id(), renamed.name(), clock.instant());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void enterStored(UserStore.StoredUser known) {
        Instant now = clock.instant();
        if (known.lastUsed().plus(TOUCH_AFTER).isBefore(now)) {
            store.touch(known.user().id(), now);
        }
        if (heldByOther(known.user()) || !users.enter(known.user())) {
            // The name was given away after thirty unused days, to somebody stored or to somebody who has not posted
            // yet.
            enterNew(known.user().id(), Optional.empty());
            keepName(known.user().id(), now);
        }
    }

    /** Stores the name that somebody stored was given anew, so that they have it the next time too. */
    private void keepName(UserId id, Instant now) {
        users.find(id)
                .ifPresent(user -> store.rename(id, user.name(), now).whenComplete((kept, failure) -> {
                    if (failure != null) {
                        LOG.log(Level.WARNING, "a new name could not be stored; its bearer will get another", failure);
                    }
                }));
    }

    private void enterNew(UserId id, Optional<String> wish) {
        Optional<UserName> wished = wish.flatMap(Identities::parsed);
        if (wished.isPresent() && enterAs(User.guest(id, wished.get()))) {
            return;
        }
        for (int attempt = 0; attempt < ATTEMPTS_AT_A_NAME; attempt++) {
            if (enterAs(User.guest(id, madeUpNames.next(attempt)))) {
                return;
            }
        }
        throw new LoginRefusedException("no free name was found; try again with one of your own");
    }

    private boolean enterAs(User user) {
        return !heldByOther(user) && users.enter(user);
    }

    private boolean heldByOther(User user) {
        return store.holdersOf(user.name(), clock.instant()).stream().anyMatch(holder -> !holder.equals(user.id()));
    }

    private static Optional<UserName> parsed(String wish) {
        try {
            return Optional.of(UserName.parse(wish));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private static LoginRefusedException unknownToken() {
        return new LoginRefusedException("this token is not known here; leave it out to come as a new guest");
    }
}
