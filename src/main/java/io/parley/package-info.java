/** Puts the parts together: what starts in what order, and what stops. */
@NullMarked
package io.parley;

import org.jspecify.annotations.NullMarked;
