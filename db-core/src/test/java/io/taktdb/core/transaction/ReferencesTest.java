package io.taktdb.core.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Relations: what they refuse, what follows from a delete, and that a refusal changes nothing. */
final class ReferencesTest {
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
    @Tag("rc_1:test_insert_record_relation_integrity")
    @Tag("rl_2:test_error_message_includes_context")
    void shouldNameTheRecordWhenItRefersToNone() {
        try (WorldFixture world = world(relation("posts", "user", OnDelete.RESTRICT))) {
            final int mark = world.database().mark();
            world.insert("posts", "user", 7);
            final DbException error = world.refused(
                    ErrorCode.CONFLICT,
                    () -> check(world),
                    "relation=1 (posts.user -> users)",
                    "table=posts",
                    "field=user",
                    "id=1",
                    "value=7");
            assertEquals(1, error.attributes().get("relation"));
            world.refused(ErrorCode.CONFLICT, world::commit);
            world.database().rollback(mark);
            world.commit();
            assertEquals(List.of(), world.ids("posts"));
        }
    }

    @Test
    @Tag("rc_3:test_update_with_relations")
    void shouldCheckEveryWayOfWritingAReference() {
        try (WorldFixture world = world(relation("posts", "user", OnDelete.RESTRICT))) {
            final long user = world.insert("users");
            final long post = world.insert("posts", "user", user);
            check(world);
            final int mark = world.database().mark();
            final List<Runnable> writes = List.of(
                    () -> world.merge("posts", post, "user", 99),
                    () -> world.table("posts").writes().replace(post, world.row("posts", "user", 98)),
                    () -> world.table("posts").editor().require(post).setLong(1, -1),
                    () -> world.insertAt("posts", 50, "user", 3));
            for (final Runnable write : writes) {
                write.run();
                world.refused(ErrorCode.CONFLICT, () -> check(world), "relation=1");
                world.database().rollback(mark);
            }
            world.merge("posts", post, "user", null);
            check(world);
        }
    }

    @Test
    @Tag("rl_2:test_cyclic_references")
    void shouldAllowRecordsOfOneTransactionToReferToEachOther() {
        try (WorldFixture world = world(relation("users", "boss", OnDelete.RESTRICT))) {
            world.insertAt("users", 1, "boss", 2);
            world.insertAt("users", 2, "boss", 3);
            world.insertAt("users", 3, "boss", 1);
            world.insertAt("users", 4, "boss", 4);
            world.commit();
            world.refused(ErrorCode.CONFLICT, () -> world.delete("users", 2), "first ids=[1]", "deleted id=2");
            world.delete("users", 4);
        }
    }

    @Test
    @Tag("rl_2:test_delete_record_with_references")
    @Tag("rl_2:test_multiple_references")
    @Tag("rc_4:test_delete_record_with_foreign_key_constraint")
    void shouldNameTheFirstTenWhenADeleteIsRestricted() {
        try (WorldFixture world = world(relation("posts", "user", OnDelete.RESTRICT))) {
            final long user = world.insert("users");
            for (int i = 0; i < 15; i++) {
                world.insert("posts", "user", user);
            }
            world.commit();
            final DbException error = world.refused(
                    ErrorCode.CONFLICT,
                    () -> world.delete("users", user),
                    "relation=1 (posts.user -> users)",
                    "table=posts",
                    "first ids=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]",
                    "deleted id=1");
            assertEquals("posts", error.attributes().get("table"));
            world.refused(
                    ErrorCode.CONFLICT, () -> world.table("users").writes().clear(), "deleted id=1");
            world.table("posts").writes().clear();
            world.delete("users", user);
        }
    }

    @Test
    @Tag("rl_2:test_delete_record_without_references")
    @Tag("rl_2:test_delete_referencing_record")
    @Tag("rl_2:test_empty_tables")
    @Tag("mi_3:test_referential_integrity")
    void shouldLeaveOthersAloneWhenNobodyRefersToARecord() {
        try (WorldFixture world = world(relation("posts", "user", OnDelete.RESTRICT))) {
            world.refused(ErrorCode.RECORD_NOT_FOUND, () -> world.delete("users", 1));
            final long user = world.insert("users");
            final long other = world.insert("users");
            final long post = world.insert("posts", "user", user);
            world.delete("users", other);
            world.delete("posts", post);
            assertEquals(List.of(user), world.ids("users"));
            world.delete("users", user);
        }
    }

    @Test
    @Tag("rl_2:test_reference_across_multiple_relations")
    void shouldBeBlockedUntilNobodyRefers() {
        try (WorldFixture world =
                world(relation("posts", "user", OnDelete.RESTRICT), relation("comments", "user", OnDelete.RESTRICT))) {
            final long user = world.insert("users");
            final long post = world.insert("posts", "user", user);
            final long comment = world.insert("comments", "user", user);
            world.refused(ErrorCode.CONFLICT, () -> world.delete("users", user), "relation=1");
            world.delete("posts", post);
            world.refused(ErrorCode.CONFLICT, () -> world.delete("users", user), "relation=2");
            world.delete("comments", comment);
            world.delete("users", user);
        }
    }

    @Test
    @Tag("rl_2:test_self_referential_relation")
    @Tag("rl_2:test_delete_record_in_self_referential_table")
    void shouldBeBlockedWhenATableRefersToItself() {
        try (WorldFixture world = world(relation("users", "boss", OnDelete.RESTRICT))) {
            final long boss = world.insert("users");
            world.insert("users", "boss", boss);
            world.refused(ErrorCode.CONFLICT, () -> world.delete("users", boss), "table=users", "first ids=[2]");
            assertEquals(2, world.table("users").writes().clear());
        }
    }

    @Test
    @Tag("rc_4:test_delete_with_cascade_relation")
    void shouldTakeAlongWhoeverRefersWhenDeletesCascade() {
        try (WorldFixture world = world(
                relation("posts", "user", OnDelete.CASCADE),
                relation("comments", "post", OnDelete.CASCADE),
                relation("comments", "user", OnDelete.SET_NULL),
                relation("users", "boss", OnDelete.CASCADE))) {
            final long ann = world.insert("users");
            final long bob = world.insert("users", "boss", ann);
            final long cid = world.insert("users");
            final long post = world.insert("posts", "user", bob);
            world.insert("comments", "post", post, "user", cid);
            final long kept = world.insert("posts", "user", cid);
            world.insert("comments", "post", kept, "user", ann);
            world.commit();

            world.delete("users", ann);

            world.commit();
            assertEquals("users 3{null,}\nposts 2{,3,null,}\ncomments 2{2,null,}\n", world.content());
        }
    }

    @Test
    void shouldEndWhenCascadesGoInACircle() {
        try (WorldFixture world = world(relation("users", "boss", OnDelete.CASCADE))) {
            for (int i = 1; i <= 5_000; i++) {
                world.insertAt("users", i, "boss", i % 5_000 + 1);
            }
            world.insertAt("users", 9_000);
            world.commit();
            world.delete("users", 2_500);
            assertEquals(List.of(9_000L), world.ids("users"));
        }
    }

    @Test
    void shouldNotBeInTheWayWhenACascadeTakesTheReferrer() {
        try (WorldFixture world = world(
                relation("posts", "user", OnDelete.CASCADE),
                relation("comments", "user", OnDelete.RESTRICT),
                relation("comments", "post", OnDelete.CASCADE))) {
            final long user = world.insert("users");
            final long post = world.insert("posts", "user", user);
            world.insert("comments", "post", post, "user", user);
            world.delete("users", user);
            assertEquals("users\nposts\ncomments\n", world.content());
        }
    }

    @Test
    void shouldChangeNothingWhenARestrictionIsMetDeepInACascade() {
        try (WorldFixture world = world(
                relation("posts", "user", OnDelete.CASCADE),
                relation("users", "boss", OnDelete.SET_NULL),
                relation("comments", "post", OnDelete.RESTRICT))) {
            final long user = world.insert("users");
            world.insert("users", "boss", user);
            for (int i = 0; i < 100; i++) {
                world.insert("posts", "user", user);
            }
            world.insert("comments", "post", 50);
            world.commit();
            world.refused(ErrorCode.CONFLICT, () -> world.delete("users", user), "table=comments", "deleted id=50");
            world.refused(
                    ErrorCode.CONFLICT, () -> world.table("users").writes().clear(), "table=comments");
            world.merge("comments", 1, "post", null);
            world.delete("users", user);
        }
    }

    @Test
    @Tag("rl_2:test_integrity_across_buffer_swap")
    void shouldBeBlockedByRecordsOfTheRunningVersion() {
        try (WorldFixture world = world(relation("posts", "user", OnDelete.RESTRICT))) {
            final long user = world.insert("users");
            world.commit();
            world.insert("posts", "user", user);
            world.refused(ErrorCode.CONFLICT, () -> world.delete("users", user));
        }
    }
}
