package io.taktdb.core.accessor;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Copies of one kernel's code, so that each layout runs its own.
 *
 * <p>A call of a chunk's method is compiled away only while its call site has met a single chunk class. A kernel that
 * meets a second one (another table, a table after a schema change) runs 7 to 25 times slower, with a third 90 times
 * (movement, 10k rows, JDK 17 and 25), and stays so until the process ends. So each layout after the first gets a
 * hidden class with a copy of the kernel's code, which the compiler profiles and compiles for itself.
 *
 * <p>Copied is the class that holds the kernel's code, without its state: fields, constructors, and methods that others
 * override stay where they are. Loops over a chunk in other classes are shared, and slow when layouts differ. Stack
 * traces leave out the frames of copies, since the JVM hides them.
 *
 * <p>Threading: tick thread.
 *
 * @param <K> a functional interface; lambdas can be copied only if it extends {@link java.io.Serializable}
 */
public final class KernelCopies<K> {
    private final Class<? super K> type;
    private final K kernel;
    private boolean originalTaken;
    private String problem;

    /**
     * @param type the functional interface
     */
    public KernelCopies(final Class<? super K> type, final K kernel) {
        this.type = type;
        this.kernel = kernel;
    }

    /**
     * A kernel that no layout has used yet: the original the first time, then copies. Where the code cannot be copied
     * it is the original again, and {@link #problem()} says why.
     */
    public K next() {
        if (!originalTaken) {
            originalTaken = true;
            return kernel;
        }
        try {
            return copy();
        } catch (final KernelBody.CannotCopyException | IOException | LinkageError | IllegalArgumentException e) {
            problem = "kernel cannot be copied and will be slow: kernel="
                    + kernel.getClass().getName() + ", cause=" + e.getMessage();
            return kernel;
        }
    }

    /** Why the last {@link #next} gave no copy, or null. */
    public String problem() {
        return problem;
    }

    @SuppressWarnings("unchecked") // the class is written to implement the interface
    private K copy() throws KernelBody.CannotCopyException, IOException {
        final KernelBody body = KernelBody.of(type, kernel);
        try {
            final MethodHandles.Lookup owner = MethodHandles.privateLookupIn(body.owner(), MethodHandles.lookup());
            final MethodHandles.Lookup hidden = owner.defineHiddenClass(
                    KernelCode.copy(type, body), false, MethodHandles.Lookup.ClassOption.NESTMATE);
            final MethodType constructor = MethodType.methodType(void.class, body.capturedTypes());
            final MethodHandle create = hidden.findConstructor(hidden.lookupClass(), constructor);
            return (K) create.invokeWithArguments(body.captured());
        } catch (final RuntimeException | Error | IOException | KernelBody.CannotCopyException e) {
            throw e;
        } catch (final Throwable e) {
            throw new KernelBody.CannotCopyException(e.toString());
        }
    }
}
