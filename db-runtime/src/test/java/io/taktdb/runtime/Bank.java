package io.taktdb.runtime;

import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;

/** A bank: two rows change together, and a procedure that fails half-way. */
final class Bank implements WorldModule {
    /** Parameters of {@code transfer}. */
    record Transfer(long from, long to, int amount) {}

    /** Result of {@code transfer}. */
    record Balance(int from, int to) {}

    record Moment(long tick, long timeMicros) {}

    @Override
    public String name() {
        return "bank";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(SchemaChange.CreateTable.of(
                "account",
                FieldSpec.of("balance", "i32"),
                FieldSpec.of("owner", "string").asOptional()));
        world.onCreate(ctx -> {
            for (int i = 0; i < 100; i++) {
                ctx.table("account")
                        .insert(ctx.table("account").draft().set("balance", 100).set("owner", "owner number " + i));
            }
        });
        world.procedure("transfer", "Moves an amount.", Transfer.class, Balance.class, (ctx, p) -> {
            final int balance = ctx.table("account").field("balance");
            final int from = ctx.table("account").edit(p.from()).read().getInt(balance) - p.amount();
            ctx.table("account").edit(p.from()).setLong(balance, from);
            final int to = ctx.table("account").edit(p.to()).read().getInt(balance) + p.amount();
            ctx.table("account").edit(p.to()).setLong(balance, to);
            if (from < 0) {
                throw new IllegalStateException("account would be overdrawn: balance=" + from);
            }
            return new Balance(from, to);
        });
        world.procedure(
                "time",
                "When and in which tick it runs.",
                Transfer.class,
                Moment.class,
                (ctx, p) -> new Moment(ctx.tick(), ctx.timeMicros()));
        world.procedure("recurse", "Never ends.", Transfer.class, Balance.class, (ctx, p) -> {
            ctx.table("account").edit(p.from()).setLong(0, 1);
            return recurse(p.amount());
        });
    }

    @SuppressWarnings("InfiniteRecursion")
    private static Balance recurse(final int depth) {
        return depth < 0 ? null : recurse(depth + 1 & Integer.MAX_VALUE);
    }
}
