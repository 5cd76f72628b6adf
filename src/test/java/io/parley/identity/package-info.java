/** Who somebody is, and what they may be called. */
@NullMarked
package io.parley.identity;

import org.jspecify.annotations.NullMarked;
