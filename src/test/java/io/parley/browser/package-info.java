/** The page in a real browser, served by the packaged file. */
@NullMarked
package io.parley.browser;

import org.jspecify.annotations.NullMarked;
