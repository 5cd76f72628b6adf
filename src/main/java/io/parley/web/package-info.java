/** Servlets: the page, health, metrics, and the headers that keep browsers safe. */
@NullMarked
package io.parley.web;

import org.jspecify.annotations.NullMarked;
