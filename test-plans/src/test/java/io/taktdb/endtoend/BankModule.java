package io.taktdb.endtoend;

import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;

/** Two accounts whose sum never changes, and a procedure that writes both. */
public final class BankModule implements WorldModule {
    /** What the two balances sum up to. */
    static final int SUM = 1_000;

    /** Parameters of {@code bank.move}. */
    record Move(int amount, boolean fail) {}

    @Override
    public String name() {
        return "bank";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(CreateTable.of("account", FieldSpec.of("balance", "i32")));
        world.onCreate(ctx -> {
            final ProcedureTable accounts = ctx.table("account");
            accounts.insert(accounts.draft().set("balance", SUM));
            accounts.insert(accounts.draft().set("balance", 0));
        });
        world.procedure("bank.move", "Moves an amount from account 1 to 2.", Move.class, Void.class, (ctx, p) -> {
            final ProcedureTable accounts = ctx.table("account");
            final int balance = accounts.field("balance");
            accounts.edit(1).setLong(balance, accounts.edit(1).read().getInt(balance) - p.amount());
            if (p.fail()) {
                throw new IllegalStateException("fails between the two writes");
            }
            accounts.edit(2).setLong(balance, accounts.edit(2).read().getInt(balance) + p.amount());
            return null;
        });
    }
}
