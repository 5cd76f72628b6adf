/** Webhooks that go out: readers elsewhere, whose cursor the server keeps. */
@NullMarked
package io.parley.hooks;

import org.jspecify.annotations.NullMarked;
