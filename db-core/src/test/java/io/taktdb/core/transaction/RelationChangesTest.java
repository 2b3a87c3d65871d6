package io.taktdb.core.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropRelation;
import io.taktdb.types.schema.SchemaChange.DropTable;
import io.taktdb.types.schema.SchemaChange.RenameField;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Relations made and dropped over rows that are there. */
final class RelationChangesTest {
    private static WorldFixture world(final SchemaChange... relations) {
        final List<SchemaChange> changes = new ArrayList<>(List.of(
                CreateTable.of("users", FieldSpec.of("boss", "u64").asOptional()),
                CreateTable.of(
                        "posts",
                        FieldSpec.of("title", "string").withDefault("\"\""),
                        FieldSpec.of("user", "i64").asOptional(),
                        FieldSpec.of("editor", "u64").asOptional()),
                CreateTable.of(
                        "comments",
                        FieldSpec.of("post", "u64").asOptional(),
                        FieldSpec.of("user", "u64").asOptional())));
        changes.addAll(List.of(relations));
        return WorldFixture.of(changes.toArray(new SchemaChange[0]));
    }

    private static CreateRelation relation(final String source, final String field, final OnDelete onDelete) {
        final String destination = "boss".equals(field) ? "users" : "post".equals(field) ? "posts" : "users";
        return new CreateRelation(source, field, destination, onDelete);
    }

    private static void check(final WorldFixture world) {
        world.database().checkConstraints();
    }

    @Test
    void shouldNameTheFirstTenWhenRowsViolateANewRelation() {
        try (WorldFixture world = world()) {
            world.insert("users");
            for (int i = 0; i < 30; i++) {
                world.insert("posts", "user", i % 2 + 1);
            }
            world.refused(
                    ErrorCode.CONFLICT,
                    () -> world.database().change(relation("posts", "user", OnDelete.CASCADE)),
                    "relation=1 (posts.user -> users)",
                    "first ids=[2, 4, 6, 8, 10, 12, 14, 16, 18, 20]");
            assertTrue(world.database().schema().relations().isEmpty());
            assertTrue(world.database().schema().requireTable("posts").indexes().isEmpty());
        }
    }

    @Test
    @Tag("rs_6:test_delete_relation_transaction_isolation")
    void shouldKeepRowsAndPromiseNothingWhenARelationIsDropped() {
        try (WorldFixture world = world(relation("posts", "user", OnDelete.RESTRICT))) {
            final long user = world.insert("users");
            world.insert("posts", "user", user);
            final int mark = world.database().mark();
            world.database().change(new DropRelation(1));
            world.delete("users", user);
            world.database().rollback(mark);
            world.refused(ErrorCode.CONFLICT, () -> world.delete("users", user));
            world.database().change(new RenameField("posts", "user", "author"));
            world.refused(ErrorCode.CONFLICT, () -> world.delete("users", user), "field=author");
            world.refused(ErrorCode.CONFLICT, () -> world.database().change(new DropTable("users")), "[1]");
            world.database().change(new DropTable("users", true));
            world.insert("posts", "author", 77);
            check(world);
        }
    }

    @Test
    @Tag("rl_2:test_performance_no_linear_scan")
    void shouldFindReferrersByTheIndexOfAnyOfItsFields() {
        try (WorldFixture world = WorldFixture.of(
                CreateTable.of("users"),
                CreateTable.of("posts", FieldSpec.of("user", "u64"), FieldSpec.of("n", "i32")),
                new SchemaChange.CreateIndex("posts", IndexSpec.unique("numbered", "user", "n")),
                relation("posts", "user", OnDelete.CASCADE))) {
            assertEquals(1, world.table("posts").schema().indexes().size());
            final long one = world.insert("users");
            final long two = world.insert("users");
            for (int i = 0; i < 500; i++) {
                world.insert("posts", "user", one, "n", i);
                world.insert("posts", "user", two, "n", i);
            }
            world.commit();
            world.delete("users", one);
            assertEquals(500, world.ids("posts").size());
        }
    }
}
