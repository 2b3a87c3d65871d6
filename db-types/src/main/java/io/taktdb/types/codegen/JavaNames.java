package io.taktdb.types.codegen;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Turns names of a schema into names of Java, or says which cannot be. Threading: one thread. */
final class JavaNames {
    /** Methods without parameters that every object, or every generated class, has. */
    private static final Set<String> TAKEN =
            Set.of("getClass", "hashCode", "toString", "notify", "notifyAll", "wait", "clone", "finalize", "id");

    private final Map<String, String> owners = new HashMap<>();

    /**
     * A package's name.
     *
     * @throws DbException INVALID_NAME
     */
    static String requirePackage(final String name) {
        if (!SourceVersion.isName(name, SourceVersion.RELEASE_17)) {
            throw new DbException(
                    ErrorCode.INVALID_NAME, "not a Java package: package=" + name + "; write it as com.example.world");
        }
        return name;
    }

    /**
     * The name of a method or constant, which is the schema's.
     *
     * @param what where it is from, e.g. {@code table=mob, field=class}
     * @throws DbException INVALID_NAME
     */
    static String require(final String what, final String name) {
        final boolean isKeyword = SourceVersion.isKeyword(name, SourceVersion.RELEASE_17);
        if (isKeyword || TAKEN.contains(name)) {
            throw new DbException(
                            ErrorCode.INVALID_NAME,
                            "name cannot be one in Java: " + what + ", reason="
                                    + (isKeyword ? "it is a keyword" : "every Java object has such a method")
                                    + "; rename it")
                    .with("name", name);
        }
        return name;
    }

    /**
     * Notes that something gets a name.
     *
     * @param what where it is from
     * @throws DbException ALREADY_EXISTS something else got it
     */
    void claim(final String javaName, final String what) {
        // files of classes whose names differ only in case would be one on some systems
        final String before = owners.putIfAbsent(javaName.toLowerCase(Locale.ROOT), what);
        if (before != null) {
            throw new DbException(
                            ErrorCode.ALREADY_EXISTS,
                            "two names become one in Java: name=" + javaName + ", first " + before + ", then " + what
                                    + "; rename one of them")
                    .with("name", javaName);
        }
    }

    /** {@code MobKind} of {@code mob_kind} or {@code mobKind}. */
    static String camel(final String name) {
        final StringBuilder camel = new StringBuilder();
        boolean up = true;
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            if (c == '_') {
                up = true;
            } else {
                camel.append(up ? Character.toUpperCase(c) : c);
                up = false;
            }
        }
        return camel.length() == 0 || Character.isDigit(camel.charAt(0)) ? "_" + camel : camel.toString();
    }

    /** {@code hasTarget} of {@code target}, as chunk interfaces spell it. */
    static String prefixed(final String prefix, final String field) {
        final char first = field.charAt(0);
        return Character.isLowerCase(first)
                ? prefix + Character.toUpperCase(first) + field.substring(1)
                : prefix + '_' + field;
    }
}
