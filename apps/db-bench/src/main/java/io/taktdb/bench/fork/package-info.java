/**
 * Contenders in JVMs of their own, so that one does not compile with the profile of another.
 *
 * <p>All JVMs of a run live at once and are measured in turns; who is not measured waits for a line on its standard
 * input. So drift of a shared machine meets all contenders alike. Threading: one thread on each side.
 */
package io.taktdb.bench.fork;
