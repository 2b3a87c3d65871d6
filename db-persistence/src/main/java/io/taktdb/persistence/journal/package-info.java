/**
 * The journal: every commit as the bytes that the loop applied, on the disk before it is acknowledged.
 *
 * <pre>
 *   tick thread ── JournalCommit ──► bounded queue ──► JournalThread ──► SegmentLog ──► FrameWriter ──► NNN.journal
 *                                                          └── after the sync: answers to clients
 *   start:  JournalScan ──► JournalPlan ──► JournalReplay ──► the engine
 * </pre>
 *
 * {@link io.taktdb.persistence.journal.JournalFormat} draws the bytes, says when they are valid, and how they are read.
 * One sync covers all commits that came while the one before ran. After a failed write or sync nothing is acknowledged
 * and that file is not written again; see {@link io.taktdb.persistence.journal.JournalWriter}.
 *
 * <p>Called by the world store and by recovery. Threading: the writer's public face any thread, files one thread.
 */
package io.taktdb.persistence.journal;
