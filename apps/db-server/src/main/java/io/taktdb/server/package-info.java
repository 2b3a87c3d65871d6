/** The server process: reads options, wires front end, runtime and persistence, starts and stops them. */
package io.taktdb.server;
