/** Delivery as a whole, with the real core behind it and clients without a network before it. */
@NullMarked
package io.parley.delivery;

import org.jspecify.annotations.NullMarked;
