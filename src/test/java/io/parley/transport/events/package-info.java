/** Tests of polls and event streams, and what the simulation needs of them. */
@NullMarked
package io.parley.transport.events;

import org.jspecify.annotations.NullMarked;
