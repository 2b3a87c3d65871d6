/**
 * {@code takt demo}: a world made from Minecraft data, served while it moves.
 *
 * <pre>
 *   Main ──► server.TaktServer ◄── world.DemoWorld   tables, procedures and the system that moves the mobs
 *     ├──► ItemPush      items pushed as they are into a new world, over HTTP
 *     ├──► Welcome       where the server is, and what to try
 *     └──► StatusLine    what the server does now
 * </pre>
 *
 * Read {@code world.DemoWorld} first: it is what a user of TaktDB writes. Threading: the main thread; {@code world}
 * says its own.
 */
package io.taktdb.demo;
