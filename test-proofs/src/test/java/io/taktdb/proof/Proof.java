package io.taktdb.proof;

/** How long proofs run. */
final class Proof {
    /** Whether this is more than the short form that every build runs. */
    static final boolean LONG = "long".equals(System.getProperty("taktdb.proof"));

    private Proof() {}
}
