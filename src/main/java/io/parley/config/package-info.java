/** Settings and limits: read once, checked once, immutable. */
@NullMarked
package io.parley.config;

import org.jspecify.annotations.NullMarked;
