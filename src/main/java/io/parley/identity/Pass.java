package io.parley.identity;

import java.util.Optional;

/**
 * What a program comes by: an API token, or an incoming webhook. Immutable.
 *
 * @param hash of its secret
 * @param publicId how it is called in addresses; no secret
 * @param user who its bearer is
 * @param open whether the public id alone may publish
 * @param room the name of the only room that a webhook writes to; none for a token
 */
public record Pass(SessionHash hash, String publicId, User user, boolean open, Optional<String> room) {

    public boolean isHook() {
        return room.isPresent();
    }
}
