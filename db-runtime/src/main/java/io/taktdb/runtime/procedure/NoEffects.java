package io.taktdb.runtime.procedure;

import io.taktdb.core.table.RowReader;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;

/** Effects of a system that declared none. Threading: immutable. */
record NoEffects() implements Effects {
    @Override
    public void emit(final long target, final long value) {
        throw undeclared("effect");
    }

    @Override
    public void sum(final int slot, final long value) {
        throw undeclared("totals");
    }

    @Override
    public void sum(final int slot, final double value) {
        throw undeclared("totals");
    }

    @Override
    public RowReader reader(final String table) {
        throw undeclared("reads");
    }

    private static DbException undeclared(final String what) {
        return new DbException(
                ErrorCode.CONFLICT,
                "system does what it did not declare: missing=" + what + "; register it by a SystemPlan with ." + what
                        + "(...)");
    }
}
