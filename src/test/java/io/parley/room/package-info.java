/** The log's rules in the core, tried on a log in memory. */
@NullMarked
package io.parley.room;

import org.jspecify.annotations.NullMarked;
