package io.taktdb.types.codegen;

import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VectorType;
import java.util.ArrayList;
import java.util.List;

/** Writes the chunk interface of a table: one small interface for each field to read, and one to read and set. */
final class ChunkCode {
    private ChunkCode() {}

    static String of(final TableSchema table, final String name) {
        final List<String> getters = new ArrayList<>();
        final List<String> setters = new ArrayList<>();
        final StringBuilder nested = new StringBuilder();
        for (final Field field : table.fields()) {
            final String java = javaType(field.type());
            if (java != null) {
                final String part = JavaNames.camel(field.name());
                getters.add(name + ".Get" + part);
                setters.add(name + ".Set" + part);
                nested(nested, field, java, part);
            }
        }
        return """
                import io.taktdb.core.accessor.Chunk;

                /**
                 * Rows of table %s that share pages. Take what a kernel needs and no more, since what it can set counts
                 * as written: {@code interface Heal extends %s.SetHp, %s.GetMaxHp {}}. {@link All} is for inserting.
                 */
                public interface %s extends Chunk {
                %s
                    /** Reads every field that chunks offer. */
                    interface GetAll extends %s {}

                    /** Reads and sets every field that chunks offer. */
                    interface All extends GetAll%s {}
                }
                """.formatted(
                        table.name(),
                        name,
                        name,
                        name,
                        nested,
                        getters.isEmpty() ? name : String.join(", ", getters),
                        setters.isEmpty() ? "" : ", " + String.join(", ", setters));
    }

    private static void nested(final StringBuilder out, final Field field, final String java, final String part) {
        final String at = field.type() instanceof VectorType ? "int row, int element" : "int row";
        final StringBuilder get = new StringBuilder("        " + java + " " + field.name() + "(" + at + ");\n");
        final StringBuilder set =
                new StringBuilder("        void " + field.name() + "(" + at + ", " + java + " value);\n");
        if (field.optional()) {
            get.append("\n        boolean ")
                    .append(JavaNames.prefixed("has", field.name()))
                    .append("(int row);\n");
            set.append("\n        void ")
                    .append(JavaNames.prefixed("clear", field.name()))
                    .append("(int row);\n");
        }
        out.append("    /** Reads {@code ")
                .append(field.name())
                .append("}. */\n    interface Get")
                .append(part);
        out.append(" extends Chunk {\n").append(get).append("    }\n\n");
        out.append("    /** Reads and sets {@code ")
                .append(field.name())
                .append("}. */\n    interface Set")
                .append(part);
        out.append(" extends Get").append(part).append(" {\n").append(set).append("    }\n\n");
    }

    /** The Java type in chunks, or null where chunks do not offer it. */
    private static String javaType(final FieldType type) {
        if (type instanceof VectorType vector) {
            return javaType(vector.element());
        }
        if (type instanceof EnumType) {
            return "int";
        }
        if (!(type instanceof ScalarType scalar)) {
            return null;
        }
        return switch (scalar) {
            case BOOL -> "boolean";
            case I8 -> "byte";
            case I16 -> "short";
            case I32, U8, U16 -> "int";
            case I64, U32, U64, TIMESTAMP -> "long";
            case F32 -> "float";
            case F64 -> "double";
            case UUID -> null;
        };
    }
}
