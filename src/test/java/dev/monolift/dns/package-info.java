/** Tests of the DNS engine, in tables, by properties, and against real resolvers. */
@NullMarked
package dev.monolift.dns;

import org.jspecify.annotations.NullMarked;
