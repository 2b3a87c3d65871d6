package io.taktdb.persistence.snapshot;

import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.TableView;
import java.util.List;

/** The hash of a state's content as a manifest says it: 16 hexadecimal digits. Threading: as the tables. */
final class StateHashText {
    private StateHashText() {}

    static String of(final List<? extends TableView> tables) {
        return String.format("%016x", StateHash.of(tables));
    }
}
