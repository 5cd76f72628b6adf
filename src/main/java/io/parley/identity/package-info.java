/** Who somebody is: users, guests and their sessions. */
@NullMarked
package io.parley.identity;

import org.jspecify.annotations.NullMarked;
