/**
 * The one vocabulary of errors for all layers: a code, a text that names the values, and attributes for programs.
 *
 * <p>Called by every module. Threading: immutable.
 */
package io.taktdb.types.error;
