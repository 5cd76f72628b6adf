package io.parley.delivery;

/**
 * What the server says of itself. Immutable.
 *
 * @param version of the program
 * @param node tells this node from others of one installation
 */
public record ServerInfo(String name, String version, String node) {}
