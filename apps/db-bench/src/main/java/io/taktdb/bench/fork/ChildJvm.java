package io.taktdb.bench.fork;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that answers one line with one line, run with the Java, the flags and the class path of this one.
 *
 * <p>Threading: one thread.
 */
public final class ChildJvm implements AutoCloseable {
    /** What a line of the child begins with when it is an answer; other lines are talk of its libraries. */
    public static final String ANSWER = "=> ";

    private static final long END_TIMEOUT_MS = 5_000;

    private final String name;
    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private ChildJvm(final String name, final Process process) {
        this.name = name;
        this.process = process;
        questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a JVM.
     *
     * @param name for errors
     * @param flags JVM flags beside those of this JVM
     * @param arguments of {@code main}
     */
    public static ChildJvm start(
            final String name, final List<String> flags, final Class<?> main, final List<String> arguments) {
        return start(name, Path.of(System.getProperty("java.home")), flags, main, arguments);
    }

    /**
     * Starts a JVM of another JDK.
     *
     * @param javaHome of the JDK
     */
    public static ChildJvm start(
            final String name,
            final Path javaHome,
            final List<String> flags,
            final Class<?> main,
            final List<String> arguments) {
        final List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(
                JvmFlags.of(javaHome, ManagementFactory.getRuntimeMXBean().getInputArguments()));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            return new ChildJvm(
                    name,
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot start a JVM: contender=" + name, e);
        }
    }

    /**
     * Sends a line and waits for the answer.
     *
     * @throws IllegalStateException the child ended instead
     */
    public String ask(final String question) {
        try {
            questions.write(question);
            questions.newLine();
            questions.flush();
            String line = answers.readLine();
            while (line != null && !line.startsWith(ANSWER)) {
                line = answers.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("contender ended: contender=" + name + ", asked=" + question);
            }
            return line.substring(ANSWER.length());
        } catch (final IOException e) {
            throw new IllegalStateException("contender ended: contender=" + name + ", asked=" + question, e);
        }
    }

    /** Ends the child: it sees the end of its input. */
    @Override
    public void close() {
        try {
            questions.close();
            if (!process.waitFor(END_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (final IOException e) {
            process.destroyForcibly();
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
