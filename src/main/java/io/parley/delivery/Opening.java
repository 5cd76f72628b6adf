package io.parley.delivery;

import io.parley.identity.Credentials;
import java.util.Optional;

/**
 * What a client brought along when it came. Immutable.
 *
 * @param room the room that it asked for in the address, as it was typed
 * @param remote its network address, for logs
 */
public record Opening(Credentials credentials, Optional<String> room, String remote) {}
