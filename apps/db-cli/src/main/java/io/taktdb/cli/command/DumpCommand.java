package io.taktdb.cli.command;

import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.http.ServerClient;
import io.taktdb.cli.view.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * Fetches the world as a SQLite file.
 *
 * <p>The bytes go to {@code FILE.part}, reach the disk, and only then take the name: FILE is whole or not there.
 */
@Command(name = "dump", description = "Fetch the world of this tick as a SQLite file.")
final class DumpCommand implements Runnable {
    private static final int CHUNK_BYTES = 1 << 16;

    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "FILE", description = "Where to write it.")
    private Path file;

    @Option(names = "--force", description = "Replace the file if there is one.")
    private boolean force;

    @Override
    public void run() {
        if (Files.isDirectory(file) || (Files.exists(file) && !force)) {
            throw CliFailure.localFile("file exists: file=" + file
                    + (Files.isDirectory(file) ? "; it is a folder, name a file" : "; choose another, or use --force"));
        }
        final Path part = file.resolveSibling(file.getFileName() + ".part");
        final ServerClient client = root.client();
        boolean done = false;
        try (FileChannel target = create(part)) {
            try {
                final long bytes = fetch(client, target, part);
                target.force(true);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                done = true;
                report(bytes);
            } finally {
                if (!done) {
                    Files.delete(part);
                }
            }
        } catch (final IOException e) {
            throw unwritable(part, e);
        }
    }

    private long fetch(final ServerClient client, final FileChannel target, final Path part) throws IOException {
        final HttpResponse<InputStream> response = client.open(Route.of("/v1/dump.db"));
        try (InputStream body = response.body()) {
            return copy(
                    client,
                    body,
                    target,
                    part,
                    response.headers().firstValueAsLong("Content-Length").orElse(-1));
        }
    }

    private long copy(
            final ServerClient client,
            final InputStream body,
            final FileChannel target,
            final Path part,
            final long total) {
        final Progress progress = new Progress(root.console(), file.toString());
        final byte[] chunk = new byte[CHUNK_BYTES];
        long bytes = 0;
        for (int read = read(client, body, chunk); read >= 0; read = read(client, body, chunk)) {
            try {
                final ByteBuffer source = ByteBuffer.wrap(chunk, 0, read);
                while (source.hasRemaining()) {
                    target.write(source);
                }
            } catch (final IOException e) {
                throw unwritable(part, e);
            }
            bytes += read;
            progress.report(-1, bytes, total);
        }
        progress.clear();
        return bytes;
    }

    private static int read(final ServerClient client, final InputStream body, final byte[] chunk) {
        try {
            return body.read(chunk);
        } catch (final IOException e) {
            throw client.lost(e);
        }
    }

    private static FileChannel create(final Path part) throws IOException {
        final FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        part.toFile().deleteOnExit(); // when Ctrl-C ends the copy
        return channel;
    }

    private void report(final long bytes) {
        if (!root.json()) {
            root.console().out().println("wrote " + file + " (" + bytes + " bytes)");
        }
    }

    private static CliFailure unwritable(final Path part, final IOException cause) {
        if (cause instanceof FileAlreadyExistsException) {
            return CliFailure.localFile("another dump writes or was killed: file=" + part + "; remove it if none runs");
        }
        final String reason = cause instanceof NoSuchFileException ? "no such folder" : cause.getMessage();
        return CliFailure.localFile("file cannot be written: file=" + part + ", reason=" + reason);
    }
}
