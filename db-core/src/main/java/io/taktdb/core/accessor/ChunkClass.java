package io.taktdb.core.accessor;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.IAND;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.LALOAD;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LRETURN;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import io.taktdb.core.layout.TableLayout;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Writes the class that implements a chunk interface for one layout, as bytes.
 *
 * <p>It has one {@code long base} field for each group that is used; the methods are the business of {@link ChunkCode}.
 * Threading: used once, by one thread.
 */
final class ChunkClass {
    private final Class<?> type;
    private final TableLayout layout;
    private final String name;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    ChunkClass(final Class<?> type, final TableLayout layout) {
        this.type = type;
        this.layout = layout;
        this.name = Type.getInternalName(type) + "Of" + layout.rowsPerChunk();
    }

    byte[] write(final List<ChunkMethod> methods) {
        final String[] interfaces = {Type.getInternalName(type), Type.getInternalName(BoundChunk.class)};
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL | ACC_SUPER, name, null, "java/lang/Object", interfaces);
        field("rows", "I");
        field("firstRow", "J");
        final SortedSet<Integer> groups = new TreeSet<>();
        groups.add(0); // the id's
        methods.forEach(method -> groups.add(method.place().group()));
        groups.forEach(group -> field(ChunkCode.base(group), "J"));
        constructor();
        bind(groups);
        rows();
        firstRow();
        id();
        methods.forEach(this::method);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void field(final String field, final String descriptor) {
        writer.visitField(ACC_PRIVATE, field, descriptor, null, null).visitEnd();
    }

    private MethodVisitor open(final String method, final String descriptor) {
        final MethodVisitor code = writer.visitMethod(ACC_PUBLIC, method, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private static void close(final MethodVisitor code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void constructor() {
        final MethodVisitor code = open("<init>", "()V");
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        code.visitInsn(RETURN);
        close(code);
    }

    private void bind(final SortedSet<Integer> groups) {
        final MethodVisitor code = open("bind", "([JIJ)V");
        for (final int group : groups) {
            code.visitVarInsn(ALOAD, 0);
            code.visitVarInsn(ALOAD, 1);
            code.visitLdcInsn(group);
            code.visitInsn(LALOAD);
            code.visitFieldInsn(PUTFIELD, name, ChunkCode.base(group), "J");
        }
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ILOAD, 2);
        code.visitFieldInsn(PUTFIELD, name, "rows", "I");
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(LLOAD, 3);
        code.visitFieldInsn(PUTFIELD, name, "firstRow", "J");
        code.visitInsn(RETURN);
        close(code);
    }

    /** The count through a mask that it always passes: so the compiler knows that it has a bound, and vectorises. */
    private void rows() {
        final MethodVisitor code = open("rows", "()I");
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, name, "rows", "I");
        code.visitLdcInsn(2 * layout.rowsPerChunk() - 1);
        code.visitInsn(IAND);
        code.visitInsn(IRETURN);
        close(code);
    }

    private void firstRow() {
        final MethodVisitor code = open("firstRow", "()J");
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, name, "firstRow", "J");
        code.visitInsn(LRETURN);
        close(code);
    }

    private void id() {
        final MethodVisitor code = open("id", "(I)J");
        new ChunkCode(code, name, layout).id();
        close(code);
    }

    private void method(final ChunkMethod method) {
        final MethodVisitor code = open(method.method().getName(), Type.getMethodDescriptor(method.method()));
        new ChunkCode(code, name, layout).write(method);
        close(code);
    }
}
