/**
 * The bound on consumers, put to the proof: random histories on a real control plane, and a checker
 * that shares no code with the operator. It knows the API's words only, and reads everything by
 * HTTP of its own.
 */
@NullMarked
package dev.monolift.consumers;

import org.jspecify.annotations.NullMarked;
