package io.taktdb.runtime.procedure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Gives a record component another type than its Java type has by default, e.g. {@code @As("u64") long id}. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface As {
    /** The type's spelling. */
    String value();
}
