package io.taktdb.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.tick.ClientSession;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What modules hear of the engine's start, and of clients that come and go. */
class ClientsTest {
    private final GardenWorld world = new GardenWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void shouldTellModulesOnceWhenTheEngineOpensAndClientsComeAndGo() {
        final ClientSession rose = world.db().connect("rose");
        world.ticks(1);
        final ClientSession tulip = world.db().connect("tulip");
        rose.close();
        rose.close();
        world.ticks(2);
        assertEquals(List.of("hello rose@1", "hello tulip@2", "bye rose@2"), sorted());
        assertNotEquals(rose.client().connection(), tulip.client().connection());
        assertEquals(1, world.db().status().clients());
        try (Lease lease = world.db().lease()) {
            final RowReader first = lease.state().table("note").reader().require(1);
            assertEquals("opened", first.getString(0));
        }
    }

    private List<String> sorted() {
        return world.notes().stream()
                .sorted((a, b) -> a.substring(a.indexOf('@')).compareTo(b.substring(b.indexOf('@'))))
                .toList();
    }

    @Test
    void shouldTellNothingWhenAClientHasGoneBeforeTheTick() {
        world.db().connect("wind").close();
        world.ticks(1);
        assertEquals(List.of(), world.notes());
        assertEquals(0, world.db().status().clients());
    }

    @Test
    void shouldTakeBackAndSayNoGoodbyeWhenTheModuleRefusesAClient() {
        final ClientSession weed = world.db().connect("weed");
        world.ticks(1);
        assertEquals(List.of(), world.notes(), "what it wrote before it threw was taken back");
        weed.close();
        world.ticks(1);
        assertEquals(List.of(), world.notes());
        assertEquals(0, world.db().status().clients());
    }

    @Test
    void shouldTellProceduresWhoCalls() {
        final CommandWriter call = new CommandWriter();
        call.putAs(new io.taktdb.runtime.procedure.Client("ann", 7));
        call.beginCall("garden.note");
        call.row().field(0).putString("mine");
        call.endRow();
        final var reply = world.db().send(call);
        world.ticks(1);
        reply.join();
        try (Lease lease = world.db().lease()) {
            final RowReader note = lease.state().table("note").reader().require(2);
            assertEquals("ann", note.getString(3));
        }
    }

    @Test
    void shouldRefuseClientsWhenTheyCannotBe() {
        assertEquals(
                ErrorCode.LIMIT_EXCEEDED,
                assertThrows(DbException.class, () -> world.db().connect("x".repeat(1025)))
                        .code());
        world.close();
        assertEquals(
                ErrorCode.UNAVAILABLE,
                assertThrows(DbException.class, () -> world.db().connect("late"))
                        .code());
    }
}
