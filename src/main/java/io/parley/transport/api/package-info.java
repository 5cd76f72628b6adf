/** The HTTP door for commands, messages and history: one request, one answer. */
@NullMarked
package io.parley.transport.api;

import org.jspecify.annotations.NullMarked;
