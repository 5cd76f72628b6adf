/** The subprotocol chat: plain text for people. */
@NullMarked
package io.parley.subprotocol.chat;

import org.jspecify.annotations.NullMarked;
