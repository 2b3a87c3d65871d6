package io.taktdb.runtime.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Reads the bytecode of a module, and names where it uses clocks, randomness, hash order, threads and I/O.
 *
 * <p>Reads the class, its nested ones, and all that they use in the same package or below it. It sees what is written
 * there, not what other libraries do. Threading: the calling thread.
 */
public final class ForbiddenUses {
    private final ClassLoader loader;
    private final String scope;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final List<ForbiddenUse> found = new ArrayList<>();

    private ForbiddenUses(final ClassLoader loader, final String scope) {
        this.loader = loader;
        this.scope = scope;
    }

    /**
     * All uses in a module, in the order in which they are met.
     *
     * @param module its class
     */
    public static List<ForbiddenUse> of(final Class<?> module) {
        final String name = Type.getInternalName(module);
        final String scope = name.substring(0, name.lastIndexOf('/') + 1);
        final ForbiddenUses uses = new ForbiddenUses(module.getClassLoader(), scope);
        return uses.from(name);
    }

    /**
     * All uses in one class and its nested ones.
     *
     * @param type the outermost class
     */
    public static List<ForbiddenUse> within(final Class<?> type) {
        final String name = Type.getInternalName(type);
        return new ForbiddenUses(type.getClassLoader(), name).from(name);
    }

    private List<ForbiddenUse> from(final String first) {
        follow(first);
        while (!waiting.isEmpty()) {
            read(waiting.poll());
        }
        return List.copyOf(found);
    }

    private void follow(final String type) {
        final String name =
                type.startsWith("[") ? Type.getType(type).getElementType().getInternalName() : type;
        if (name.startsWith(scope) && seen.add(name)) {
            waiting.add(name);
        }
    }

    private void read(final String type) {
        try (InputStream bytes = loader.getResourceAsStream(type + ".class")) {
            if (bytes == null) {
                throw new IllegalArgumentException("class cannot be read: class=" + type.replace('/', '.')
                        + "; give a class that comes from a class path or a jar");
            }
            new ClassReader(bytes).accept(new Uses(type), ClassReader.SKIP_FRAMES);
        } catch (final IOException e) {
            throw new UncheckedIOException("class cannot be read: class=" + type, e);
        }
    }

    /** Visits one class. */
    private final class Uses extends ClassVisitor {
        private final String type;

        Uses(final String type) {
            super(Opcodes.ASM9);
            this.type = type;
        }

        @Override
        public void visitInnerClass(final String name, final String outer, final String inner, final int access) {
            follow(name);
        }

        @Override
        public MethodVisitor visitMethod(
                final int access,
                final String name,
                final String descriptor,
                final String signature,
                final String[] exceptions) {
            return new Calls(type, name);
        }
    }

    /** Visits one method. */
    private final class Calls extends MethodVisitor {
        private final String type;
        private final String method;
        private int line;

        Calls(final String type, final String method) {
            super(Opcodes.ASM9);
            this.type = type;
            this.method = method;
        }

        @Override
        public void visitLineNumber(final int number, final Label start) {
            line = number;
        }

        @Override
        public void visitTypeInsn(final int opcode, final String used) {
            follow(used);
        }

        @Override
        public void visitFieldInsn(final int opcode, final String owner, final String name, final String descriptor) {
            follow(owner);
        }

        @Override
        public void visitMethodInsn(
                final int opcode,
                final String owner,
                final String name,
                final String descriptor,
                final boolean isInterface) {
            note(owner, name, descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(
                final String name, final String descriptor, final Handle bootstrap, final Object... arguments) {
            for (final Object argument : arguments) {
                if (argument instanceof Handle handle) {
                    note(handle.getOwner(), handle.getName(), handle.getDesc());
                }
            }
        }

        private void note(final String owner, final String name, final String descriptor) {
            follow(owner);
            final String why = ForbiddenRules.against(owner, name, descriptor);
            if (why != null) {
                found.add(new ForbiddenUse(
                        type.replace('/', '.'), method, line, owner.replace('/', '.') + '.' + name, why));
            }
        }
    }
}
