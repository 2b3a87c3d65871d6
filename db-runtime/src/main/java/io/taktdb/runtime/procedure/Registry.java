package io.taktdb.runtime.procedure;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * All that the modules of one world brought. Threading: filled by the opening thread, read-only from the first tick.
 */
public final class Registry implements WorldRegistry {
    /** Procedures of a world: more are a loop that makes them, not a game. */
    public static final int MAX_PROCEDURES = 10_000;

    private static final Pattern PROCEDURE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,254}");

    private final Map<String, Procedure<?, ?>> procedures = new LinkedHashMap<>();
    private final Map<String, SystemPlan<?>> systems = new LinkedHashMap<>();
    private final List<CreateTable> tables = new ArrayList<>();
    private final List<Consumer<ProcedureContext>> onCreate = new ArrayList<>();
    private final Map<LifeEvent, List<Consumer<ProcedureContext>>> life = new EnumMap<>(LifeEvent.class);

    @Override
    public void table(final CreateTable table) {
        tables.add(table);
    }

    @Override
    public void onCreate(final Consumer<ProcedureContext> body) {
        onCreate.add(body);
    }

    @Override
    public void onOpen(final Consumer<ProcedureContext> body) {
        on(LifeEvent.OPENED, body);
    }

    @Override
    public void onConnect(final Consumer<ProcedureContext> body) {
        on(LifeEvent.CONNECTED, body);
    }

    @Override
    public void onDisconnect(final Consumer<ProcedureContext> body) {
        on(LifeEvent.DISCONNECTED, body);
    }

    private void on(final LifeEvent event, final Consumer<ProcedureContext> body) {
        life.computeIfAbsent(event, any -> new ArrayList<>()).add(body);
    }

    /** What runs at an event, in the order of registration. */
    public List<Consumer<ProcedureContext>> on(final LifeEvent event) {
        return life.getOrDefault(event, List.of());
    }

    @Override
    public <P extends Record, R> void procedure(
            final String name,
            final String description,
            final Class<P> parameters,
            final Class<R> result,
            final ProcedureBody<P, R> body) {
        if (!PROCEDURE_NAME.matcher(name).matches() || name.startsWith("rpc.")) {
            throw new DbException(
                    ErrorCode.INVALID_NAME,
                    "not a valid procedure name: name=" + Names.abbreviate(name)
                            + "; use letters, digits, _ and dots, and not rpc. at the start");
        }
        if (procedures.size() >= MAX_PROCEDURES) {
            throw new DbException(
                            ErrorCode.LIMIT_EXCEEDED,
                            "too many procedures: name=" + name + ", limit=" + MAX_PROCEDURES
                                    + "; give one of them a parameter instead")
                    .with("limit", MAX_PROCEDURES);
        }
        final RecordShape<P> shape = RecordShape.of(parameters);
        final ProcedureInfo info = new ProcedureInfo(name, description, shape.parameters(), result);
        if (procedures.putIfAbsent(name, new Procedure<>(info, shape, body)) != null) {
            throw new DbException(ErrorCode.ALREADY_EXISTS, "procedure exists already: name=" + name);
        }
    }

    @Override
    public <C extends Chunk> void system(final SystemPlan<C> plan) {
        plan.requireSound();
        final String name = plan.spec().name();
        if (systems.putIfAbsent(name, plan) != null) {
            throw new DbException(ErrorCode.ALREADY_EXISTS, "system exists already: name=" + name);
        }
    }

    /** The code that makes results: modules with their versions, and systems in the order in which they run. */
    public List<String> signature(final List<WorldModule> modules) {
        final List<String> lines = new ArrayList<>();
        for (final WorldModule module : modules) {
            lines.add("module " + module.name() + ' ' + module.version());
        }
        for (final SystemPlan<?> system : systems.values()) {
            lines.add("system " + system.spec().name() + " of " + system.spec().table());
        }
        return lines;
    }

    /** A procedure by name, or null. */
    public Procedure<?, ?> procedure(final String name) {
        return procedures.get(name);
    }

    /** The error for a procedure name that is not registered. */
    public DbException procedureNotFound(final String name) {
        return new DbException(
                        ErrorCode.PROCEDURE_NOT_FOUND,
                        "procedure not found: procedure=" + Names.abbreviate(name)
                                + Suggestion.didYouMean(name, procedures.keySet()))
                .with("procedure", Names.abbreviate(name));
    }

    /** All procedures in the order of registration. */
    public List<Procedure<?, ?>> procedures() {
        return List.copyOf(procedures.values());
    }

    /** All systems in the order in which they run. */
    public List<SystemPlan<?>> systems() {
        return List.copyOf(systems.values());
    }

    /** Tables that must exist. */
    public List<CreateTable> tables() {
        return List.copyOf(tables);
    }

    /** What runs once in a new world. */
    public List<Consumer<ProcedureContext>> onCreate() {
        return List.copyOf(onCreate);
    }
}
