/** The store on disk: what it promises beyond its port, and how it stands what befalls files. */
@NullMarked
package io.parley.store;

import org.jspecify.annotations.NullMarked;
