/** The subprotocol superchat: JSON, one object a line. */
@NullMarked
package io.parley.subprotocol.superchat;

import org.jspecify.annotations.NullMarked;
