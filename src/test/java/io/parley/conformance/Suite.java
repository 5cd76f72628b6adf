package io.parley.conformance;

/** The core of the suite: what holds by WebSocket and by HTTP, on a server with {@link Conformance#SETTINGS}. */
public interface Suite extends SocketSuite, DoConformance, PublishConformance, EventsConformance, StreamConformance {}
