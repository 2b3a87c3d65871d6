package io.taktdb.runtime.procedure;

/** Applies one effect, on the tick thread; what it throws takes back the whole run of its system. */
@FunctionalInterface
public interface EffectBody {
    void apply(EffectContext context, long target, long value);
}
