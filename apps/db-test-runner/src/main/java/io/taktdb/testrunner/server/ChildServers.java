package io.taktdb.testrunner.server;

import io.taktdb.testrunner.plan.ServerSettings;
import io.taktdb.testrunner.plan.ServerSettings.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/** Starts a server process for each plan, on a free port, with a data folder that is removed in the end. */
public final class ChildServers implements ServerProvider {
    private final Function<World, ServerCommand> commands;

    /**
     * Servers that are started by a command for each world.
     *
     * @param commands the command of a world, without port, data folder and tick rate
     */
    public ChildServers(final Function<World, ServerCommand> commands) {
        this.commands = commands;
    }

    /** The servers of the project in a folder. */
    public static ChildServers of(final Path home) {
        return new ChildServers(world -> ServerCommand.configured(home, world));
    }

    @Override
    public boolean givesOwnServers() {
        return true;
    }

    @Override
    public TestServer start(final ServerSettings settings) throws IOException {
        final ChildServer server = new ChildServer(commands.apply(settings.world()), settings, DataFolder.create());
        try {
            server.start();
            return server;
        } catch (final IOException e) {
            try {
                server.close();
            } catch (final IOException alsoNot) {
                e.addSuppressed(alsoNot); // the start is what matters
            }
            throw e;
        }
    }
}
