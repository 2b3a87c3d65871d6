/**
 * The demo as a world module: what a user of TaktDB writes.
 *
 * <pre>
 *   DemoWorld ──► EntityType          the kinds of entities of the sample data, and their table
 *      ├──► Mobs, Kind                the table of mobs, and how one is made
 *      ├──► Wander                    the system, every tick, on all workers
 *      └──► Spawn, Damage, Near       the procedures
 * </pre>
 *
 * Called by the engine. Threading: procedures on the tick thread, the system on any worker.
 */
package io.taktdb.demo.world;
