/** Grizzly with Tyrus on one port, for development and for running without a container. */
@NullMarked
package io.parley.embedded;

import org.jspecify.annotations.NullMarked;
