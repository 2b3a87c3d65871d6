/**
 * Campaigns of faults against the real persistence on a simulated disk, with an oracle beside it: flipped bits, cut
 * files, calls that fail, writes that are dropped, crashes at any call.
 *
 * <p>Threading: the main thread, beside those of the engines that it opens.
 */
package io.taktdb.bench.faults;
