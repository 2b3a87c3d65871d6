/**
 * An example to copy: TaktDB inside a Java program, without a server, with ticks that the program runs itself.
 *
 * <p>{@code MatchPlayer} opens the engine and drives it; {@code MatchWorld} says which tables there are and what a turn
 * does; {@code Match} is the file that is played. Threading: one thread.
 */
package io.taktdb.match;
