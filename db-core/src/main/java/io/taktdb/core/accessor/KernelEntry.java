package io.taktdb.core.accessor;

import java.lang.invoke.MethodType;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes the way into a kernel's copy: a constructor that takes what the kernel had captured, and the one method of the
 * kernel's interface, which hands that and its own arguments to the static copy. Threading: used once, by one thread.
 */
final class KernelEntry {
    private final ClassWriter writer;
    private final String name;
    private final KernelBody body;

    KernelEntry(final ClassWriter writer, final String name, final KernelBody body) {
        this.writer = writer;
        this.name = name;
        this.body = body;
    }

    void begin(final Class<?> type) {
        final String[] interfaces = {Type.getInternalName(type)};
        final int access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
        writer.visit(Opcodes.V17, access, name, null, "java/lang/Object", interfaces);
    }

    void end(final String target) throws KernelBody.CannotCopyException {
        constructor();
        entry(target);
        writer.visitEnd();
    }

    private void constructor() {
        final MethodType type = MethodType.methodType(void.class, body.capturedTypes());
        final MethodVisitor code = writer.visitMethod(0, "<init>", type.toMethodDescriptorString(), null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        int slot = 1;
        for (int i = 0; i < body.capturedTypes().size(); i++) {
            final Type captured = Type.getType(body.capturedTypes().get(i));
            writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, field(i), captured.getDescriptor(), null, null)
                    .visitEnd();
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(captured.getOpcode(Opcodes.ILOAD), slot);
            code.visitFieldInsn(Opcodes.PUTFIELD, name, field(i), captured.getDescriptor());
            slot += captured.getSize();
        }
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void entry(final String target) throws KernelBody.CannotCopyException {
        final MethodVisitor code = writer.visitMethod(
                Opcodes.ACC_PUBLIC, body.single().getName(), Type.getMethodDescriptor(body.single()), null, null);
        code.visitCode();
        final List<Class<?>> captured = body.capturedTypes();
        for (int i = 0; i < captured.size(); i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, name, field(i), Type.getDescriptor(captured.get(i)));
        }
        int slot = 1;
        final Class<?>[] given = body.single().getParameterTypes();
        for (int i = 0; i < given.length; i++) {
            final Class<?> wanted = body.staticType().parameterType(captured.size() + i);
            code.visitVarInsn(Type.getType(given[i]).getOpcode(Opcodes.ILOAD), slot);
            adapt(code, given[i], wanted);
            slot += Type.getType(given[i]).getSize();
        }
        final String form = body.staticType().toMethodDescriptorString();
        code.visitMethodInsn(Opcodes.INVOKESTATIC, name, target, form, false);
        final Class<?> result = body.single().getReturnType();
        if (body.staticType().returnType() != result) {
            throw new KernelBody.CannotCopyException("the result differs: expected=" + result + ", is="
                    + body.staticType().returnType());
        }
        code.visitInsn(Type.getType(result).getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void adapt(final MethodVisitor code, final Class<?> given, final Class<?> wanted)
            throws KernelBody.CannotCopyException {
        if (!wanted.isPrimitive() && !given.isPrimitive()) {
            code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(wanted));
        } else if (given != wanted) {
            throw new KernelBody.CannotCopyException("a parameter differs: expected=" + given + ", is=" + wanted);
        }
    }

    private static String field(final int captured) {
        return "captured" + captured;
    }
}
