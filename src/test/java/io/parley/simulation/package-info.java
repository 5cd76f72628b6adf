/** The production core under a schedule: one thread, a fake clock, and a seed that decides what happens next. */
@NullMarked
package io.parley.simulation;

import org.jspecify.annotations.NullMarked;
