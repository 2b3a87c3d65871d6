package io.taktdb.core.accessor;

import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the code of a kernel is, and what it captured: of a lambda, of a method reference, or of an object.
 *
 * @param single the one method of the kernel's interface
 * @param owner the class that holds the code
 * @param staticType parameters and result of the code as a static method, a receiver first
 * @param captured leading arguments that the kernel brings with it
 */
record KernelBody(
        Method single, Class<?> owner, String name, boolean isStatic, MethodType staticType, Object[] captured) {
    /** The kernel's code is out of reach; the message says why. */
    static final class CannotCopyException extends Exception {
        private static final long serialVersionUID = 1L;

        CannotCopyException(final String message) {
            super(message);
        }
    }

    static KernelBody of(final Class<?> type, final Object kernel) throws CannotCopyException {
        final Method single = singleMethod(type);
        return kernel.getClass().isHidden() ? ofLambda(single, kernel) : ofObject(single, kernel);
    }

    /** Parameters and result as the owner declares them. */
    MethodType ownType() {
        return isStatic ? staticType : staticType.dropParameterTypes(0, 1);
    }

    /** Types of the captured values. */
    List<Class<?>> capturedTypes() {
        return staticType.parameterList().subList(0, captured.length);
    }

    private static Method singleMethod(final Class<?> type) throws CannotCopyException {
        return Stream.of(type.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .findFirst()
                .orElseThrow(() -> new CannotCopyException("not a functional interface: " + type.getName()));
    }

    private static KernelBody ofLambda(final Method single, final Object kernel) throws CannotCopyException {
        if (!(kernel instanceof Serializable)) {
            throw new CannotCopyException("the interface of the lambda does not extend Serializable");
        }
        try {
            final Method replace = kernel.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            final SerializedLambda lambda = (SerializedLambda) replace.invoke(kernel);
            final ClassLoader loader = kernel.getClass().getClassLoader();
            final Class<?> owner = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
            final MethodType type = MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader);
            final int kind = lambda.getImplMethodKind();
            if (kind == MethodHandleInfo.REF_newInvokeSpecial || kind == MethodHandleInfo.REF_invokeInterface) {
                throw new CannotCopyException("a reference to a constructor or to a method of an interface");
            }
            final boolean isStatic = kind == MethodHandleInfo.REF_invokeStatic;
            final Object[] captured = new Object[lambda.getCapturedArgCount()];
            Arrays.setAll(captured, lambda::getCapturedArg);
            final MethodType staticType = isStatic ? type : type.insertParameterTypes(0, owner);
            return new KernelBody(single, owner, lambda.getImplMethodName(), isStatic, staticType, captured);
        } catch (final ReflectiveOperationException | RuntimeException e) {
            throw new CannotCopyException(e.toString());
        }
    }

    private static KernelBody ofObject(final Method single, final Object kernel) throws CannotCopyException {
        for (Class<?> owner = kernel.getClass(); owner != null; owner = owner.getSuperclass()) {
            for (final Method method : owner.getDeclaredMethods()) {
                if (!method.isBridge() && implementsSingle(method, single)) {
                    final MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
                    return new KernelBody(
                            single, owner, method.getName(), false, type.insertParameterTypes(0, owner), new Object[] {
                                kernel
                            });
                }
            }
        }
        throw new CannotCopyException("no class of the object declares " + single.getName());
    }

    private static boolean implementsSingle(final Method method, final Method single) {
        final Class<?>[] own = method.getParameterTypes();
        final Class<?>[] wanted = single.getParameterTypes();
        boolean fits = method.getName().equals(single.getName())
                && own.length == wanted.length
                && !Modifier.isStatic(method.getModifiers());
        for (int i = 0; fits && i < own.length; i++) {
            fits = wanted[i].isAssignableFrom(own[i]);
        }
        return fits;
    }
}
