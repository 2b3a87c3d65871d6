package io.taktdb.demo.world;

import io.taktdb.core.table.RowEditor;
import io.taktdb.runtime.procedure.As;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.ProcedureTable;

/** {@code world.damage}. Threading: tick thread. */
final class Damage {
    /**
     * What is asked for.
     *
     * @param amount hit points to take, at least 1
     */
    record Parameters(@As("u64") long id, int amount) {}

    /**
     * What became of the mob.
     *
     * @param hp hit points left
     */
    record Wound(int hp, boolean died) {}

    private Damage() {}

    static Wound call(final ProcedureContext context, final Parameters wanted) {
        if (wanted.amount < 1) {
            throw Mobs.refusal("amount", "amount must be at least 1: amount=" + wanted.amount);
        }
        final ProcedureTable mobs = context.table(Mobs.NAME);
        final RowEditor mob = mobs.edit(wanted.id);
        final int hp = Math.max(0, mob.read().getInt(mobs.field("hp")) - wanted.amount);
        if (hp == 0) {
            mobs.delete(wanted.id);
        } else {
            mob.setLong(mobs.field("hp"), hp);
        }
        return new Wound(hp, hp == 0);
    }
}
