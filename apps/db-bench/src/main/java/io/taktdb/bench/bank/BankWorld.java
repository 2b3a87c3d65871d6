package io.taktdb.bench.bank;

import io.taktdb.core.table.RowEditor;
import io.taktdb.core.table.RowReader;
import io.taktdb.runtime.procedure.As;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;

/** Accounts with ids from 1 and {@value #BALANCE} each; the sum of all balances never changes. */
public final class BankWorld implements WorldModule {
    /** Name of the table. */
    public static final String TABLE = "account";

    /** What every account has at first. */
    public static final long BALANCE = 1_000;

    private static final String NAME = "bank";

    private final int accounts;

    /**
     * @param accounts how many there are
     */
    public BankWorld(final int accounts) {
        this.accounts = accounts;
    }

    /** Parameters of {@code bank.transfer}. */
    public record Transfer(@As("u64") long from, @As("u64") long to, long amount) {}

    /** Parameters of {@code bank.set}. */
    public record Assignment(@As("u64") long id, long balance) {}

    /** Parameters of {@code bank.sum}. */
    public record Nothing() {}

    /** What {@code bank.transfer} and {@code bank.set} answer. */
    public record Balance(long balance) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(CreateTable.of(TABLE, FieldSpec.of("balance", "i64"), FieldSpec.of("name", "string")));
        world.onCreate(this::populate);
        world.procedure("bank.transfer", "Moves an amount.", Transfer.class, Balance.class, BankWorld::transfer);
        world.procedure("bank.set", "Writes one row.", Assignment.class, Balance.class, BankWorld::set);
        world.procedure("bank.sum", "The sum of all balances.", Nothing.class, Balance.class, BankWorld::sum);
    }

    private void populate(final ProcedureContext context) {
        final ProcedureTable table = context.table(TABLE);
        for (int i = 1; i <= accounts; i++) {
            table.insert(i, table.draft().set("balance", BALANCE).set("name", "player" + i));
        }
    }

    private static Balance transfer(final ProcedureContext context, final Transfer wanted) {
        final ProcedureTable table = context.table(TABLE);
        final RowEditor from = table.edit(wanted.from());
        final long left = from.read().getLong(0) - wanted.amount();
        if (left < 0) {
            throw new DbException(
                    ErrorCode.CONFLICT, "balance is too small: account=" + wanted.from() + ", missing=" + -left);
        }
        from.setLong(0, left);
        final RowEditor to = table.edit(wanted.to());
        to.setLong(0, to.read().getLong(0) + wanted.amount());
        return new Balance(left);
    }

    private static Balance set(final ProcedureContext context, final Assignment wanted) {
        context.table(TABLE).edit(wanted.id()).setLong(0, wanted.balance());
        return new Balance(wanted.balance());
    }

    private static Balance sum(final ProcedureContext context, final Nothing nothing) {
        final ProcedureTable table = context.table(TABLE);
        final RowReader reader = table.reader();
        long sum = 0;
        for (long row = 0; row < table.rowCount(); row++) {
            reader.seekRow(row);
            sum += reader.getLong(0);
        }
        return new Balance(sum);
    }
}
