/**
 * What people see: aligned tables, a living screen, a progress line. Server text never reaches the terminal raw.
 *
 * <p>Called by the commands. Threading: one thread.
 */
package io.taktdb.cli.view;
