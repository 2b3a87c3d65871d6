package io.taktdb.runtime.check;

import java.util.List;
import java.util.Set;

/** What of the JDK makes runs differ, by class and method. Threading: immutable. */
final class ForbiddenRules {
    private static final String CLOCK = "a clock; use the context's tick() and timeMicros()";
    private static final String RANDOM = "randomness of its own; use the context's random()";
    private static final String ORDER =
            "the order of what it holds may differ from run to run; use a List, LinkedHashMap or TreeMap, or an array";
    private static final String IDENTITY = "differs from run to run; use the record's id";
    private static final String OUTSIDE = "input from outside the world; send it in as a command";
    private static final String THREADS = "threads of its own; the engine runs systems on all workers";
    private static final String MACHINE = "depends on the machine's settings; name the locale or zone";

    private static final List<String> IO = List.of(
            "java/net/",
            "java/nio/file/",
            "java/nio/channels/",
            "java/sql/",
            "java/io/File",
            "java/io/RandomAccessFile",
            "java/lang/Process");
    private static final Set<String> HASHED = Set.of(
            "java/util/HashMap",
            "java/util/HashSet",
            "java/util/IdentityHashMap",
            "java/util/WeakHashMap",
            "java/util/Hashtable");
    private static final Set<String> RANDOMS =
            Set.of("java/util/Random", "java/util/SplittableRandom", "java/security/SecureRandom");
    private static final Set<String> UNORDERED = Set.of(
            "java/util/Set.of",
            "java/util/Map.of",
            "java/util/Set.copyOf",
            "java/util/Map.copyOf",
            "java/util/Map.ofEntries",
            "java/util/stream/Collectors.toSet",
            "java/util/stream/Collectors.toMap",
            "java/util/stream/Collectors.groupingBy",
            "java/util/stream/Collectors.toUnmodifiableSet",
            "java/util/stream/Collectors.toUnmodifiableMap");
    private static final Set<String> CLOCKS =
            Set.of("java/lang/System.nanoTime", "java/lang/System.currentTimeMillis", "java/util/Date.<init>");
    private static final Set<String> OUTSIDES =
            Set.of("java/lang/System.getenv", "java/lang/System.getProperty", "java/lang/System.exit");
    private static final Set<String> MACHINES =
            Set.of("java/util/Locale.getDefault", "java/util/TimeZone.getDefault", "java/time/ZoneId.systemDefault");
    private static final Set<String> RANDOM_CALLS = Set.of("java/lang/Math.random", "java/util/UUID.randomUUID");
    private static final Set<String> IDENTITIES =
            Set.of("java/lang/System.identityHashCode", "java/lang/Object.hashCode");

    private ForbiddenRules() {}

    /** Why a call is no good; null when nothing is known against it. */
    static String against(final String owner, final String name, final String descriptor) {
        final String call = owner + '.' + name;
        if (CLOCKS.contains(call) && !descriptor.equals("(J)V")
                || owner.startsWith("java/time/") && name.equals("now")
                || owner.equals("java/time/Clock") && name.startsWith("system")) {
            return CLOCK;
        }
        if (RANDOM_CALLS.contains(call)
                || RANDOMS.contains(owner) && name.equals("<init>")
                || owner.startsWith("java/util/concurrent/ThreadLocalRandom")) {
            return RANDOM;
        }
        if (HASHED.contains(owner) && name.equals("<init>") || UNORDERED.contains(call)) {
            return ORDER;
        }
        if (IDENTITIES.contains(call)) {
            return IDENTITY;
        }
        if (MACHINES.contains(call) || isDefaultFormat(call, descriptor)) {
            return MACHINE;
        }
        if (OUTSIDES.contains(call) || IO.stream().anyMatch(owner::startsWith)) {
            return OUTSIDE;
        }
        return isThread(owner, name) ? THREADS : null;
    }

    private static boolean isDefaultFormat(final String call, final String descriptor) {
        return call.equals("java/lang/String.format") && !descriptor.startsWith("(Ljava/util/Locale;")
                || descriptor.startsWith("()")
                        && (call.equals("java/lang/String.toUpperCase") || call.equals("java/lang/String.toLowerCase"));
    }

    private static boolean isThread(final String owner, final String name) {
        return owner.equals("java/lang/Thread")
                || owner.startsWith("java/util/concurrent/Executor")
                || owner.equals("java/util/concurrent/ForkJoinPool")
                || owner.equals("java/util/concurrent/CompletableFuture") && name.endsWith("Async")
                || name.equals("parallelStream")
                || owner.startsWith("java/util/stream/") && name.equals("parallel");
    }
}
