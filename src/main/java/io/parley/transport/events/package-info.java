/** Polling, long polling and event streams at {@code /api/events}: reading after a position, by plain HTTP. */
@NullMarked
package io.parley.transport.events;

import org.jspecify.annotations.NullMarked;
