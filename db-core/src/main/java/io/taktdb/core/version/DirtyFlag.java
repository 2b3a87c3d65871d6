package io.taktdb.core.version;

/**
 * Whether anything of one table changed since its last publication, so that a commit passes over the others.
 *
 * <p>Threading: tick thread.
 */
public final class DirtyFlag {
    private boolean raised = true;

    /** Something changed. */
    public void raise() {
        raised = true;
    }

    /** Answers whether something changed, and forgets it. */
    public boolean takeDown() {
        final boolean was = raised;
        raised = false;
        return was;
    }
}
