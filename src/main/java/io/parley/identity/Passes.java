package io.parley.identity;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** Makes and finds what programs come by. Thread-safe. */
public final class Passes {
    private static final String TOKEN = "pt_";
    private static final String HOOK = "ph_";
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 10;
    private static final int PUBLIC_ID_CHARACTERS = 16;
    private static final int LONGEST_SECRET = 64;
    private static final String PUBLIC_ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final PassStore store;
    private final Identities identities;
    private final SecureRandom random;

    public Passes(PassStore store, Identities identities, SecureRandom random) {
        this.store = store;
        this.identities = identities;
        this.random = random;
    }

    /** A new one, with the secret that nobody is told again. Immutable. */
    public record Issued(Pass pass, String secret) {
        @Override
        public String toString() {
            return "Issued[" + pass.publicId() + "]";
        }
    }

    /** Whether this has the look of an API token. */
    public static boolean isToken(String secret) {
        return secret.startsWith(TOKEN) && secret.length() <= LONGEST_SECRET;
    }

    /** The webhook of a secret. Blocks: for readers. */
    public Optional<Pass> hook(String secret) {
        return secret.startsWith(HOOK) && secret.length() <= LONGEST_SECRET
                ? store.bySecret(SessionHash.of(secret)).filter(Pass::isHook)
                : Optional.empty();
    }

    /** The API token that is called so. Blocks: for readers. */
    public Optional<Pass> channel(String publicId) {
        return publicId.length() == PUBLIC_ID_CHARACTERS
                ? store.byPublicId(publicId).filter(pass -> !pass.isHook())
                : Optional.empty();
    }

    /** Whether a secret is that very token's. */
    public static boolean opens(Pass pass, String secret) {
        return isToken(secret) && pass.hash().equals(SessionHash.of(secret));
    }

    /** All that are good. Blocks. */
    public List<Pass> all() {
        return store.all();
    }

    /**
     * Makes one for a user of its own. Blocks for looking the name up, then waits for the write.
     *
     * @param room the only room that it writes to, which makes it a webhook
     * @return empty when somebody else is called that, or something that looks the same
     */
    public CompletionStage<Optional<Issued>> issue(UserName name, boolean open, Optional<String> room) {
        String secret = (room.isPresent() ? HOOK : TOKEN) + secret();
        User user = bot(name);
        Pass pass = new Pass(SessionHash.of(secret), publicId(), user, open, room);
        if (!identities.reserve(user)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return store.issue(pass)
                .whenComplete((done, failure) -> identities.release(user))
                .thenApply(done -> done ? Optional.of(new Issued(pass, secret)) : Optional.empty());
    }

    /** A bot that has lost what it came by is the same again under its name; any other is new, and its name must be free. */
    private User bot(UserName name) {
        return identities
                .find(name.value())
                .filter(known -> known.bot()
                        && known.name().folded().equals(name.folded())
                        && all().stream().noneMatch(pass -> pass.user().id().equals(known.id())))
                .orElseGet(() ->
                        new User(new UserId("b" + HexFormat.of().formatHex(bytes(ID_BYTES))), name, false, true));
    }

    private String secret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
    }

    private String publicId() {
        RandomGenerator letters = random;
        StringBuilder id = new StringBuilder();
        while (id.length() < PUBLIC_ID_CHARACTERS) {
            id.append(PUBLIC_ID_LETTERS.charAt(letters.nextInt(PUBLIC_ID_LETTERS.length())));
        }
        return id.toString();
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
