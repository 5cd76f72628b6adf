/** The packaged WAR inside the servers that it is made for. */
@NullMarked
package io.parley.container;

import org.jspecify.annotations.NullMarked;
