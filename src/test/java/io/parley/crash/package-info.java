/** What was acknowledged is held against what is there, after every way in which a server may end. */
@NullMarked
package io.parley.crash;

import org.jspecify.annotations.NullMarked;
