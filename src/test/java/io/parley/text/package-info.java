/** What people write and what programs send, with its bounds. */
@NullMarked
package io.parley.text;

import org.jspecify.annotations.NullMarked;
