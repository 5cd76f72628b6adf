package io.parley.identity;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The port to the store: what programs come by. Thread-safe.
 *
 * <p>Those that were revoked are not there any more. The methods that return plainly block and belong to the readers; a failing store
 * shows as an unchecked exception.
 */
public interface PassStore {

    Optional<Pass> bySecret(SessionHash hash);

    Optional<Pass> byPublicId(String publicId);

    /** All of them, by the names of their users. */
    List<Pass> all();

    /**
     * Keeps a new one, and its user if they are not stored.
     *
     * @return false when somebody else holds the user's name; the stage fails when the store takes no writes now
     */
    CompletionStage<Boolean> issue(Pass pass);
}
