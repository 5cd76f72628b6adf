/** What peers, clocks and sheer numbers can do to a running server, and that others do not notice it. */
@NullMarked
package io.parley.faults;

import org.jspecify.annotations.NullMarked;
