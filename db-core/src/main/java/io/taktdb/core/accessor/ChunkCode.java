package io.taktdb.core.accessor;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.I2B;
import static org.objectweb.asm.Opcodes.I2L;
import static org.objectweb.asm.Opcodes.I2S;
import static org.objectweb.asm.Opcodes.IAND;
import static org.objectweb.asm.Opcodes.IDIV;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.IMUL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.ISHR;
import static org.objectweb.asm.Opcodes.L2I;
import static org.objectweb.asm.Opcodes.LADD;
import static org.objectweb.asm.Opcodes.LAND;
import static org.objectweb.asm.Opcodes.LMUL;
import static org.objectweb.asm.Opcodes.LRETURN;
import static org.objectweb.asm.Opcodes.RETURN;

import io.taktdb.core.accessor.ChunkMethod.Index;
import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.Guard;
import io.taktdb.core.memory.Memory;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.GroupLayout;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Writes the body of one method of a chunk class.
 *
 * <p>Every value lies at {@code base + constant + row * constant}: the only shape that C2 vectorises (DESIGN.md section
 * 3). Accesses are calls of {@link Memory}, which inline to one instruction; in guard mode the index is checked first.
 * Threading: used once, by one thread.
 */
final class ChunkCode {
    private static final String MEMORY = Type.getInternalName(Memory.class);
    private static final String GUARD = Type.getInternalName(Guard.class);
    private static final int FIRST_ARGUMENT = 1;

    private final MethodVisitor code;
    private final String owner;
    private final TableLayout layout;

    /**
     * @param owner internal name of the class that gets the method
     */
    ChunkCode(final MethodVisitor code, final String owner, final TableLayout layout) {
        this.code = code;
        this.owner = owner;
        this.layout = layout;
    }

    /** Name of the field that holds the page address of a group. */
    static String base(final int group) {
        return "base" + group;
    }

    void id() {
        checkIndex(1, "Chunk.id");
        address(layout.id(), layout.id().offset(), layout.id().stride());
        memory("getLong", "(J)J");
        code.visitInsn(LRETURN);
    }

    void write(final ChunkMethod method) {
        checkIndex(method.index() == Index.RUN ? method.elements() : 1, method.shown());
        if (method.index() == Index.ROW_AND_ELEMENT && Guard.ENABLED) {
            code.visitVarInsn(ILOAD, FIRST_ARGUMENT + 1);
            code.visitLdcInsn(method.elements());
            guard("checkRow", "element of " + method.shown());
        }
        switch (method.what()) {
            case GET -> get(method);
            case SET -> set(method);
            case HAS -> presence(method, "getBit", "(JI)Z");
            case CLEAR -> clear(method);
        }
        finish(method);
    }

    private void finish(final ChunkMethod method) {
        final Class<?> returned = method.method().getReturnType();
        if (returned == void.class) {
            code.visitInsn(RETURN);
        } else if (returned.isInterface()) {
            code.visitVarInsn(ALOAD, 0);
            code.visitInsn(ARETURN);
        } else {
            code.visitInsn(Type.getType(returned).getOpcode(IRETURN));
        }
    }

    private void get(final ChunkMethod method) {
        valueAddress(method);
        final Class<?> stored = method.type().stored();
        memory("get" + named(stored), "(J)" + Type.getDescriptor(stored));
        if (method.type().isUnsigned()) {
            final long mask = -1L >>> Long.SIZE - method.type().bytes() * Byte.SIZE;
            if (method.type().java() == long.class) {
                code.visitInsn(I2L);
                code.visitLdcInsn(mask);
                code.visitInsn(LAND);
            } else {
                code.visitLdcInsn((int) mask);
                code.visitInsn(IAND);
            }
        }
    }

    private void set(final ChunkMethod method) {
        final Type java = Type.getType(method.type().java());
        final int value = FIRST_ARGUMENT + (method.index() == Index.ROW_AND_ELEMENT ? 2 : 1);
        if (Guard.ENABLED && method.place().field().type() instanceof EnumType names) {
            code.visitVarInsn(ILOAD, value);
            code.visitLdcInsn(names.names().size());
            guard("checkRow", "value of " + method.shown());
        }
        valueAddress(method);
        code.visitVarInsn(java.getOpcode(ILOAD), value);
        if (method.type() == ColumnType.U32) {
            code.visitInsn(L2I);
        } else if (method.type().isUnsigned()) {
            code.visitInsn(method.type().bytes() == 1 ? I2B : I2S);
        }
        final Class<?> stored = method.type().stored();
        memory("put" + named(stored), "(J" + Type.getDescriptor(stored) + ")V");
        if (method.place().isOptional()) {
            presence(method, "setBit", "(JI)V");
        }
    }

    private void clear(final ChunkMethod method) {
        address(method.place(), method.place().offset(), method.place().stride());
        code.visitLdcInsn((long) method.place().bytes());
        memory("zero", "(JJ)V");
        presence(method, "clearBit", "(JI)V");
    }

    /** Calls a bit method of Memory for the presence bit of the row. */
    private void presence(final ChunkMethod method, final String call, final String form) {
        final FieldPlace place = method.place();
        if (layout.groups().get(place.group()).layout() == GroupLayout.ROWS) {
            address(place, place.presenceOffset(), place.stride());
            code.visitLdcInsn(place.presenceBit());
        } else {
            code.visitVarInsn(ALOAD, 0);
            code.visitFieldInsn(GETFIELD, owner, base(place.group()), "J");
            code.visitLdcInsn((long) place.presenceOffset());
            code.visitInsn(LADD);
            row(method);
            code.visitLdcInsn(3);
            code.visitInsn(ISHR);
            code.visitInsn(I2L);
            code.visitInsn(LADD);
            row(method);
            code.visitLdcInsn(7);
            code.visitInsn(IAND);
        }
        memory(call, form);
    }

    private void row(final ChunkMethod method) {
        code.visitVarInsn(ILOAD, FIRST_ARGUMENT);
        if (method.index() == Index.RUN) {
            code.visitLdcInsn(method.elements());
            code.visitInsn(IDIV);
        }
    }

    private void valueAddress(final ChunkMethod method) {
        final FieldPlace place = method.place();
        switch (method.index()) {
            case ROW -> address(place, place.offset(), place.stride());
            case RUN -> address(place, place.offset(), method.type().bytes());
            case ROW_AND_ELEMENT -> {
                address(place, place.offset(), place.stride());
                code.visitVarInsn(ILOAD, FIRST_ARGUMENT + 1);
                code.visitInsn(I2L);
                code.visitLdcInsn((long) method.type().bytes());
                code.visitInsn(LMUL);
                code.visitInsn(LADD);
            }
        }
    }

    /** Leaves {@code base + offset + first argument * stride} on the stack. */
    private void address(final FieldPlace place, final int offset, final int stride) {
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, owner, base(place.group()), "J");
        code.visitLdcInsn((long) offset);
        code.visitInsn(LADD);
        code.visitVarInsn(ILOAD, FIRST_ARGUMENT);
        code.visitInsn(I2L);
        code.visitLdcInsn((long) stride);
        code.visitInsn(LMUL);
        code.visitInsn(LADD);
    }

    /** In guard mode, checks the first argument against {@code rows * factor}. */
    private void checkIndex(final int factor, final String shown) {
        if (Guard.ENABLED) {
            code.visitVarInsn(ILOAD, FIRST_ARGUMENT);
            code.visitVarInsn(ALOAD, 0);
            code.visitFieldInsn(GETFIELD, owner, "rows", "I");
            code.visitLdcInsn(factor);
            code.visitInsn(IMUL);
            guard("checkRow", shown);
        }
    }

    private void guard(final String check, final String shown) {
        code.visitLdcInsn(shown);
        code.visitMethodInsn(INVOKESTATIC, GUARD, check, "(IILjava/lang/String;)V", false);
    }

    private void memory(final String method, final String descriptor) {
        code.visitMethodInsn(INVOKESTATIC, MEMORY, method, descriptor, false);
    }

    private static String named(final Class<?> primitive) {
        final String name = primitive.getName();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
