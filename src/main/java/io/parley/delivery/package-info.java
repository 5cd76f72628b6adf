/** A connection is a cursor over the logs of its rooms: commands in, entries and events out. */
@NullMarked
package io.parley.delivery;

import org.jspecify.annotations.NullMarked;
