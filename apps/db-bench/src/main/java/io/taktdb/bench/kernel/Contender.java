package io.taktdb.bench.kernel;

/** Who takes part. The first is ours; the others are its peers. */
enum Contender {
    TAKT("takt"),
    FLOAT_ARRAY("float[]"),
    ARTEMIS("artemis-odb"),
    DOMINION("dominion");

    private final String title;

    Contender(final String title) {
        this.title = title;
    }

    /** What figures call it. */
    String title() {
        return title;
    }

    Movement make(final int rows) {
        return switch (this) {
            case TAKT -> new TableMovement(rows);
            case FLOAT_ARRAY -> new FloatArrayMovement(rows);
            case ARTEMIS -> new ArtemisMovement(rows);
            case DOMINION -> new DominionMovement(rows);
        };
    }
}
