package io.taktdb.types.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.Errors;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.Relation;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.DropRelation;
import io.taktdb.types.schema.SchemaChange.DropTable;
import io.taktdb.types.schema.SchemaChange.WidenField;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What relations may be, and what they stand in the way of. */
final class RelationEvolutionTest {
    private static final Schema TABLES = SchemaEvolution.applyAll(
            Schema.EMPTY,
            List.of(
                    CreateTable.of("users", FieldSpec.of("boss", "i64").asOptional()),
                    CreateTable.of(
                            "posts",
                            FieldSpec.of("user_id", "u64"),
                            FieldSpec.of("editor_id", "u64").asOptional(),
                            FieldSpec.of("title", "string"))));
    private static final CreateRelation AUTHOR = new CreateRelation("posts", "user_id", "users", OnDelete.RESTRICT);
    private static final Schema WORLD = SchemaEvolution.apply(TABLES, AUTHOR);

    private static void refused(final ErrorCode code, final SchemaChange change, final String... parts) {
        Errors.expect(code, () -> SchemaEvolution.apply(WORLD, change), parts);
    }

    @Test
    @Tag("rl_1:relation_new_valid")
    @Tag("rl_2:test_relation_add_and_retrieve")
    void shouldBeInTheSchemaWhenItIsMade() {
        assertEquals(List.of(new Relation(1, 2, 1, 1, OnDelete.RESTRICT)), WORLD.relations());
        assertEquals(
                "user_id_relation", WORLD.requireTable("posts").indexes().get(0).name());
        assertEquals(TABLES.version() + 1, WORLD.version());
    }

    @Test
    @Tag("rl_1:relation_self_referential")
    @Tag("mi_3:test_relation_creation")
    void shouldBeAllowedWhenATableRefersToItself() {
        final Schema schema =
                SchemaEvolution.apply(WORLD, new CreateRelation("users", "boss", "users", OnDelete.SET_NULL));

        assertEquals("2 (users.boss -> users)", schema.describe(schema.requireRelation(2)));
    }

    @Test
    @Tag("rl_1:relation_multiple_between_tables")
    void shouldBeTwoWhenTwoFieldsRefer() {
        final Schema schema =
                SchemaEvolution.apply(WORLD, new CreateRelation("posts", "editor_id", "users", OnDelete.CASCADE));

        assertEquals(2, schema.relations().size());
        assertEquals(3, schema.nextRelationId());
    }

    @ParameterizedTest
    @CsvSource({
        "posts, user_id, users, CASCADE, ALREADY_EXISTS, 1 (posts.user_id -> users)",
        "post, user_id, users, CASCADE, TABLE_NOT_FOUND, did you mean posts?",
        "posts, user_id, user, CASCADE, TABLE_NOT_FOUND, did you mean users?",
        "posts, userid, users, CASCADE, FIELD_NOT_FOUND, did you mean user_id?",
        "posts, title, users, CASCADE, INVALID_SCHEMA, must be u64 or i64",
        "posts, user_id, posts, SET_NULL, INVALID_SCHEMA, set_null needs a field that is optional",
    })
    @Tag("rl_1:relation_invalid_table_id_zero")
    @Tag("rl_1:relation_field_type_mismatch")
    @Tag("rl_1:relation_duplicate_source_fields")
    @Tag("rl_2:test_duplicate_relation_rejected")
    @Tag("rl_2:test_relation_with_nonexistent_table")
    @Tag("rl_2:test_relation_with_nonexistent_field")
    void shouldSayWhyWhenARelationCannotBe(
            final String source,
            final String field,
            final String destination,
            final OnDelete onDelete,
            final ErrorCode code,
            final String part) {
        refused(code, new CreateRelation(source, field, destination, onDelete), part);
    }

    @Test
    @Tag("rl_2:test_remove_relation")
    void shouldBeGoneWhenItIsDropped() {
        final Schema schema = SchemaEvolution.apply(WORLD, new DropRelation(1));

        assertTrue(schema.relations().isEmpty());
        assertEquals(2, SchemaEvolution.apply(schema, AUTHOR).relations().get(0).id());
        refused(ErrorCode.RELATION_NOT_FOUND, new DropRelation(7), "relation=7");
    }

    @Test
    @Tag("rs_4:test_delete_field_referenced_by_relation")
    void shouldNameTheRelationWhenItsFieldIsDroppedOrWidened() {
        refused(ErrorCode.CONFLICT, new DropField("posts", "user_id"), "relation=1 (posts.user_id -> users)");
        refused(ErrorCode.CONFLICT, new WidenField("posts", "user_id", "string"), "field=user_id", "relation=1");
    }

    @Test
    @Tag("rl_2:test_relation_after_table_deletion")
    void shouldNameTheRelationsWhenATableOfTheirsIsDropped() {
        refused(ErrorCode.CONFLICT, new DropTable("users"), "relations=[1]", "cascade");
        refused(ErrorCode.CONFLICT, new DropTable("posts"), "relations=[1]", "cascade");

        final Schema schema = SchemaEvolution.apply(WORLD, new DropTable("users", true));
        assertTrue(schema.relations().isEmpty());
        assertEquals(2, schema.nextRelationId());
    }
}
