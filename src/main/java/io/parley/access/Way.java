package io.parley.access;

import org.jspecify.annotations.Nullable;

/**
 * How a request came: from whom, to which name, and whether by TLS; as far as can be believed. Immutable.
 *
 * @param remote the network address of the client, or of the last machine that can be believed
 * @param host the name and port by which the client called the server, which a proxy may have told; null when nobody has said
 * @param secure whether the client came by TLS
 */
public record Way(String remote, @Nullable String host, boolean secure) {}
