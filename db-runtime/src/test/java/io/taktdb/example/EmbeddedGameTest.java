package io.taktdb.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.check.DeterminismCheck;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The example does what its page says, and a program that drives the ticks is told when it does so wrongly. */
class EmbeddedGameTest {
    private static final long START = 1_600_000_000_000_000L;

    @Test
    void shouldTickOnlyWhenTheGameDoes() {
        try (EmbeddedGame game = new EmbeddedGame(START)) {
            assertEquals(0, game.sumOfPositions());
            for (int i = 0; i < 60; i++) {
                game.frame();
            }
            assertEquals(60, game.db().status().tick());
            assertEquals(55f, game.sumOfPositions(), 0.01f); // speeds 1 to 10, for one second
        }
    }

    @Test
    @Tag("rp_1:event_loop_integration")
    void shouldBringTheOutcomeWithTheNextFrame() {
        try (EmbeddedGame game = new EmbeddedGame(START)) {
            final CompletableFuture<ArenaWorld.Outcome> first = game.hit(3, 60);
            final CompletableFuture<ArenaWorld.Outcome> second = game.hit(3, 60);
            final CompletableFuture<ArenaWorld.Outcome> third = game.hit(3, 60);
            assertFalse(first.isDone());
            game.frame();
            assertEquals(new ArenaWorld.Outcome(40, false), first.join());
            assertEquals(new ArenaWorld.Outcome(0, true), second.join());
            final CompletionException error = assertThrows(CompletionException.class, third::join);
            assertEquals(
                    ErrorCode.RECORD_NOT_FOUND,
                    assertInstanceOf(DbException.class, error.getCause()).code());
        }
    }

    @Test
    void shouldBeTheSameWorldEverywhere() {
        new DeterminismCheck(ArenaWorld::new).ticks(120).require();
    }

    @Test
    void shouldAnswerWhatIsQueuedWhenItCloses() {
        final CompletableFuture<ArenaWorld.Outcome> last;
        final EmbeddedGame game = new EmbeddedGame(START);
        try (game) {
            last = game.hit(1, 10);
        }
        assertEquals(new ArenaWorld.Outcome(90, false), last.join());
        assertFalse(game.db().isRunning());
        assertEquals(
                ErrorCode.UNAVAILABLE,
                assertThrows(DbException.class, game::frame).code());
    }

    @Test
    void shouldRefuseTicksThatAreNotTheCallersToRun() {
        try (TaktDb own = TaktDb.open(TaktConfig.inMemory(new ArenaWorld()))) {
            final DbException error = assertThrows(DbException.class, () -> own.tick(START));
            assertTrue(error.getMessage().contains("openStepped"), error::getMessage);
        }
        try (EmbeddedGame game = new EmbeddedGame(START)) {
            final CompletableFuture<Throwable> within = new CompletableFuture<>();
            game.db().onCommit(() -> within.complete(assertThrows(DbException.class, game::frame)));
            game.frame();
            assertTrue(within.join().getMessage().contains("a tick is running already"));
        }
    }

    @Test
    void shouldBeWhatTheDocumentShows() throws IOException {
        final String page = Files.readString(Path.of("..", "docs", "EMBEDDING.md"));
        for (final String name : new String[] {"ArenaWorld", "EmbeddedGame"}) {
            final String code = Files.readString(Path.of("src/test/java/io/taktdb/example/" + name + ".java"));
            assertTrue(page.contains(code.substring(code.indexOf("/**"))), () -> name + " differs from the page");
        }
    }
}
