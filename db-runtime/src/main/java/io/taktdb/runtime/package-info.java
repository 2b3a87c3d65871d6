/**
 * Commands, procedures, systems, and the one loop that owns all writing; used by the front end, persistence and
 * embedders.
 */
package io.taktdb.runtime;
