/** A room is an append-only log: entries, positions, the committer that orders them, the tail that serves them. */
@NullMarked
package io.parley.room;

import org.jspecify.annotations.NullMarked;
