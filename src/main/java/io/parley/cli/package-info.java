/** The commands of {@code java -jar parley.war COMMAND}: over a socket to the running server, or on its files. */
@NullMarked
package io.parley.cli;

import org.jspecify.annotations.NullMarked;
