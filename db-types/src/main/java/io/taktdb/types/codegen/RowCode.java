package io.taktdb.types.codegen;

import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
import java.util.List;
import java.util.Map;

/** Writes the flyweights of one row: the row of procedures, and the view of readers. */
final class RowCode {
    private final TableSchema table;
    private final Map<EnumType, String> enums;

    RowCode(final TableSchema table, final Map<EnumType, String> enums) {
        this.table = table;
        this.enums = enums;
    }

    /** Reads and writes a row of the running version. */
    String row(final String name) {
        final StringBuilder methods = new StringBuilder();
        for (int i = 0; i < table.fields().size(); i++) {
            getter(methods, table.fields().get(i), i, "editor.read()");
            setter(methods, table.fields().get(i), i, name);
        }
        return """
                import io.taktdb.core.table.RowEditor;
                import io.taktdb.runtime.procedure.ProcedureTable;
                import io.taktdb.types.error.DbException;
                import io.taktdb.types.error.ErrorCode;
                import io.taktdb.types.schema.TableSchema;

                /** One row of table %1$s in a procedure, moved by {@link #require}. Threading: tick thread. */
                public final class %2$s {
                    private final ProcedureTable table;
                    private RowEditor editor;
                %3$s
                    public %2$s(final ProcedureTable table) {
                        this.table = table;
                        learn(table.schema());
                    }
                %4$s
                    /** Goes to a record; RECORD_NOT_FOUND when there is none. */
                    public %2$s require(final long id) {
                        if (schema != table.schema()) {
                            learn(table.schema());
                        }
                        editor = table.edit(id);
                        return this;
                    }

                    /** The record's id, to be read as unsigned. */
                    public long id() {
                        return editor.id();
                    }
                %5$s}
                """.formatted(table.name(), name, declarations(), learn(), methods);
    }

    /** Reads a row of a leased state. */
    String view(final String name) {
        final StringBuilder methods = new StringBuilder();
        for (int i = 0; i < table.fields().size(); i++) {
            getter(methods, table.fields().get(i), i, "reader");
        }
        return """
                import io.taktdb.core.table.RowReader;
                import io.taktdb.core.table.TableState;
                import io.taktdb.types.error.DbException;
                import io.taktdb.types.error.ErrorCode;
                import io.taktdb.types.schema.TableSchema;

                /** One row of table %1$s in a leased state: make one for each lease. Threading: one thread. */
                public final class %2$s {
                    private final RowReader reader;
                %3$s
                    public %2$s(final TableState table) {
                        reader = table.reader();
                        learn(table.schema());
                    }
                %4$s
                    /** Goes to a record; false when there is none. */
                    public boolean seek(final long id) {
                        return reader.seek(id);
                    }

                    /** Goes to a row by its number, from 0; false behind the last. */
                    public boolean seekRow(final long row) {
                        return reader.seekRow(row);
                    }

                    /** The record's id, to be read as unsigned. */
                    public long id() {
                        return reader.id();
                    }
                %5$s}
                """.formatted(table.name(), name, declarations(), learn(), methods);
    }

    private String declarations() {
        final StringBuilder text = new StringBuilder("    private TableSchema schema;\n");
        for (int i = 0; i < table.fields().size(); i++) {
            text.append("    private int at").append(i).append(";\n");
        }
        return text.toString();
    }

    /** Positions by name: they stay right when other fields come and go. */
    private String learn() {
        final StringBuilder text = new StringBuilder("\n    private void learn(final TableSchema now) {\n");
        final List<Field> fields = table.fields();
        for (int i = 0; i < fields.size(); i++) {
            text.append("        at")
                    .append(i)
                    .append(" = position(now, \"")
                    .append(fields.get(i).name());
            text.append("\", \"").append(fields.get(i).type().spelling()).append("\");\n");
        }
        return text.append("""
                        schema = now;
                    }

                    private static int position(final TableSchema schema, final String name, final String type) {
                        final String found = schema.requireField(name).type().spelling();
                        if (!found.equals(type)) {
                            throw new DbException(
                                    ErrorCode.SCHEMA_MISMATCH,
                                    "field has another type now: table=" + schema.name() + ", field=" + name
                                            + ", generated for=" + type + ", found=" + found
                                            + "; generate the source again");
                        }
                        return schema.indexOf(name);
                    }
                """).toString();
    }

    private void getter(final StringBuilder out, final Field field, final int i, final String reader) {
        final FieldType type = field.type();
        final String at = "at" + i;
        if (type instanceof EnumType names) {
            final String java = enums.get(names);
            out.append("\n    private static final ")
                    .append(java)
                    .append("[] VALUES")
                    .append(i)
                    .append(" = ");
            out.append(java).append(".values();\n");
            method(out, java, field.name(), "", "VALUES" + i + "[" + reader + ".getInt(" + at + ")]");
        } else if (type instanceof VectorType vector) {
            if (vector.element() == ScalarType.F32) {
                method(out, "float", field.name(), "final int element", reader + ".getFloat(" + at + ", element)");
            }
        } else if (type == VariableType.STRING || type == VariableType.JSON) {
            method(out, "java.lang.String", field.name(), "", reader + ".getString(" + at + ")");
        } else if (type instanceof ScalarType scalar && scalar != ScalarType.UUID) {
            method(out, java(scalar), field.name(), "", reader + ".get" + named(java(scalar)) + "(" + at + ")");
        } else {
            out.append("\n    /** The value's bytes where they lie, until the next call. */");
            method(out, "org.agrona.DirectBuffer", field.name(), "", reader + ".buffer(" + at + ")");
        }
        if (field.optional()) {
            method(out, "boolean", JavaNames.prefixed("has", field.name()), "", "!" + reader + ".isNull(" + at + ")");
        }
    }

    private static void method(
            final StringBuilder out,
            final String type,
            final String name,
            final String parameters,
            final String value) {
        out.append("\n    public ")
                .append(type)
                .append(' ')
                .append(name)
                .append('(')
                .append(parameters);
        out.append(") {\n        return ").append(value).append(";\n    }\n");
    }

    private void setter(final StringBuilder out, final Field field, final int i, final String owner) {
        final FieldType type = field.type();
        final String at = "at" + i;
        if (type instanceof EnumType names) {
            change(
                    out,
                    owner,
                    field.name(),
                    "final " + enums.get(names) + " value",
                    "setLong(" + at + ", value.ordinal())");
        } else if (type instanceof VectorType vector && vector.element() == ScalarType.F32) {
            change(
                    out,
                    owner,
                    field.name(),
                    "final int element, final float value",
                    "setFloat(" + at + ", element, value)");
        } else if (type == VariableType.STRING) {
            change(out, owner, field.name(), "final java.lang.String value", "setString(" + at + ", value)");
        } else if (type instanceof ScalarType scalar && scalar != ScalarType.UUID) {
            final String java = java(scalar);
            final String set = scalar == ScalarType.BOOL ? "Boolean" : scalar.isFloat() ? "Double" : "Long";
            change(out, owner, field.name(), "final " + java + " value", "set" + set + "(" + at + ", value)");
        }
        if (field.optional()) {
            change(out, owner, JavaNames.prefixed("clear", field.name()), "", "setNull(" + at + ")");
        }
    }

    private static void change(
            final StringBuilder out,
            final String owner,
            final String name,
            final String parameters,
            final String call) {
        out.append("\n    public ")
                .append(owner)
                .append(' ')
                .append(name)
                .append('(')
                .append(parameters);
        out.append(") {\n        editor.").append(call).append(";\n        return this;\n    }\n");
    }

    private static String java(final ScalarType type) {
        return switch (type) {
            case BOOL -> "boolean";
            case F32 -> "float";
            case F64 -> "double";
            case I8, I16, I32, U8, U16 -> "int";
            default -> "long";
        };
    }

    private static String named(final String primitive) {
        return Character.toUpperCase(primitive.charAt(0)) + primitive.substring(1);
    }
}
