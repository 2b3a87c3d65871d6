package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One value that has one of a few types, each under a name: {@code oneof{damage: i32, heal: f32}}.
 *
 * <p>Values keep the position of their variant, so a type that gets more variants at its end reads old values.
 */
public record OneofType(List<Variant> variants) implements NestedType {
    /** The most variants of one type. */
    public static final int MAX_VARIANTS = 256;

    /** One of the types, and its name. */
    public record Variant(String name, FieldType type) {}

    public OneofType {
        variants = List.copyOf(variants);
        if (variants.isEmpty() || variants.size() > MAX_VARIANTS) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "a oneof has 1 to " + MAX_VARIANTS + " variants: variants=" + variants.size());
        }
        final Set<String> seen = new HashSet<>();
        for (final Variant variant : variants) {
            if (!seen.add(Names.fold(Names.require("variant", variant.name())))) {
                throw new DbException(
                        ErrorCode.INVALID_SCHEMA, "variant named twice: variant=" + variant.name() + "; rename one");
            }
        }
    }

    /** Position of a variant, or -1. */
    public int indexOf(final String name) {
        for (int i = 0; i < variants.size(); i++) {
            if (variants.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int depth() {
        int deepest = 0;
        for (final Variant variant : variants) {
            deepest = Math.max(deepest, NestedType.depthOf(variant.type()));
        }
        return deepest + 1;
    }

    @Override
    public String spelling() {
        return variants.stream()
                .map(variant -> variant.name() + ": " + variant.type().spelling())
                .collect(Collectors.joining(", ", "oneof{", "}"));
    }
}
