/** The demo world: mobs from Minecraft data that wander while clients read and call. */
package io.taktdb.demo;
