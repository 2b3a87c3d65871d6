/**
 * One world of monsters in five storages, and what games do to it all day: heal all, find the weak, hit some, let some
 * die and others be born. Threading: one thread.
 */
package io.taktdb.bench.mobs;
