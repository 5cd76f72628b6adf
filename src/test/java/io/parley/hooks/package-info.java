/** Tests of webhooks that go out. */
@NullMarked
package io.parley.hooks;

import org.jspecify.annotations.NullMarked;
