/**
 * A place of its own for lookups: a counting DNS server and a pod's resolv.conf in private mount
 * and network namespaces. The side inside the namespaces uses nothing but the JDK.
 */
@NullMarked
package dev.monolift.dns.lab;

import org.jspecify.annotations.NullMarked;
