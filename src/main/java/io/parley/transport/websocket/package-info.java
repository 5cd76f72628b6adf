/** The WebSocket door: moves frames, keeps alive, maps closes. */
@NullMarked
package io.parley.transport.websocket;

import org.jspecify.annotations.NullMarked;
