package io.taktdb.core.accessor;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes a class that implements a kernel's interface with copies of the kernel's methods, all static, that call each
 * other.
 *
 * <p>A method of an instance becomes a static one that takes the instance first: parameters keep their slots, so the
 * code stays as it is but for calls between copied methods. What is not copied is reached in the original class, as a
 * nestmate.
 *
 * <p>Threading: used once, by one thread.
 */
final class KernelCode {
    private static final int API = Opcodes.ASM9;
    private static final int NOT_COPIED = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_SYNCHRONIZED;
    private static final int NOT_OVERRIDDEN = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;

    private final String owner;
    private final String copy;
    private final ClassReader reader;
    private final Set<String> copied = new HashSet<>();
    private final Set<String> called = new HashSet<>();

    private KernelCode(final String owner, final ClassReader reader) {
        this.owner = owner;
        this.copy = owner + "$KernelCopy";
        this.reader = reader;
    }

    /**
     * The bytes of a class, to be defined as a hidden nestmate of the body's owner.
     *
     * @param type the kernel's interface
     */
    static byte[] copy(final Class<?> type, final KernelBody body) throws IOException, KernelBody.CannotCopyException {
        final Class<?> owner = body.owner();
        final String file = owner.getName().substring(owner.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream bytes = owner.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new KernelBody.CannotCopyException("class file not found: file=" + file);
            }
            final String name = owner.getName().replace('.', '/');
            return new KernelCode(name, new ClassReader(bytes.readAllBytes())).write(type, body);
        }
    }

    private byte[] write(final Class<?> type, final KernelBody body) throws KernelBody.CannotCopyException {
        reader.accept(new Choice(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        final String descriptor = body.ownType().toMethodDescriptorString();
        if (!copied.contains(key(body.isStatic(), body.name(), descriptor))) {
            throw new KernelBody.CannotCopyException(
                    "a method that is synchronized, native or calls super: method=" + body.name());
        }
        final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        final KernelEntry entry = new KernelEntry(writer, copy, body);
        entry.begin(type);
        reader.accept(new Methods(writer), 0);
        entry.end(nameOfCopy(body.isStatic(), body.name()));
        return writer.toByteArray();
    }

    private static String nameOfCopy(final boolean isStatic, final String name) {
        return name + (isStatic ? "$copy" : "$of");
    }

    private static String key(final boolean isStatic, final String name, final String descriptor) {
        return nameOfCopy(isStatic, name) + descriptor;
    }

    private static boolean isStatic(final int access) {
        return (access & Opcodes.ACC_STATIC) != 0;
    }

    private String staticForm(final boolean isStatic, final String descriptor) {
        return isStatic ? descriptor : "(L" + owner + ";" + descriptor.substring(1);
    }

    /** Finds the methods that can be copied, and those whose calls cannot end in a subclass. */
    private final class Choice extends ClassVisitor {
        private int classAccess;

        Choice() {
            super(API);
        }

        @Override
        public void visit(
                final int version,
                final int access,
                final String name,
                final String signature,
                final String superName,
                final String[] interfaces) {
            classAccess = access & Opcodes.ACC_FINAL;
        }

        @Override
        public MethodVisitor visitMethod(
                final int access,
                final String name,
                final String descriptor,
                final String signature,
                final String[] exceptions) {
            if (name.charAt(0) == '<' || name.charAt(0) == '$' || (access & NOT_COPIED) != 0) {
                return null;
            }
            final String key = key(isStatic(access), name, descriptor);
            copied.add(key);
            if (((access | classAccess) & NOT_OVERRIDDEN) != 0) {
                called.add(key);
            }
            return new MethodVisitor(API) {
                @Override
                public void visitMethodInsn(
                        final int opcode,
                        final String target,
                        final String method,
                        final String form,
                        final boolean isInterface) {
                    if (opcode == Opcodes.INVOKESPECIAL && !method.equals("<init>") && !target.equals(owner)) {
                        copied.remove(key); // a call of super, which a static method cannot make
                        called.remove(key);
                    }
                }
            };
        }
    }

    /** Writes the chosen methods as static ones; all else of the class is left behind. */
    private final class Methods extends ClassVisitor {
        private final ClassWriter writer;

        Methods(final ClassWriter writer) {
            super(API);
            this.writer = writer;
        }

        @Override
        public void visitSource(final String source, final String debug) {
            writer.visitSource(source, debug);
        }

        @Override
        public MethodVisitor visitMethod(
                final int access,
                final String name,
                final String descriptor,
                final String signature,
                final String[] exceptions) {
            final boolean isStatic = isStatic(access);
            return copied.contains(key(isStatic, name, descriptor))
                    ? new Calls(writer.visitMethod(
                            Opcodes.ACC_STATIC,
                            nameOfCopy(isStatic, name),
                            staticForm(isStatic, descriptor),
                            null,
                            exceptions))
                    : null;
        }
    }

    /** Turns calls of copied methods to their copies. */
    private final class Calls extends MethodVisitor {
        Calls(final MethodVisitor method) {
            super(API, method);
        }

        @Override
        public void visitMethodInsn(
                final int opcode,
                final String target,
                final String name,
                final String descriptor,
                final boolean isInterface) {
            final boolean isStatic = opcode == Opcodes.INVOKESTATIC;
            if (target.equals(owner) && called.contains(key(isStatic, name, descriptor))) {
                final String form = staticForm(isStatic, descriptor);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, copy, nameOfCopy(isStatic, name), form, false);
            } else {
                super.visitMethodInsn(opcode, target, name, descriptor, isInterface);
            }
        }
    }
}
