/** The rules for what people write, and JSON with bounds. */
@NullMarked
package io.parley.text;

import org.jspecify.annotations.NullMarked;
