package io.taktdb.bench.server;

import java.util.Arrays;
import java.util.Random;

/** Numbers from 0 of which number k comes with a chance of 1 / (k + 1)^s. Threading: immutable. */
final class Zipf {
    private final double[] upTo;

    Zipf(final int numbers, final double exponent) {
        upTo = new double[numbers];
        double sum = 0;
        for (int i = 0; i < numbers; i++) {
            sum += Math.pow(i + 1, -exponent);
            upTo[i] = sum;
        }
        for (int i = 0; i < numbers; i++) {
            upTo[i] /= sum;
        }
    }

    int next(final Random random) {
        final int place = Arrays.binarySearch(upTo, random.nextDouble());
        return Math.min(upTo.length - 1, place < 0 ? -place - 1 : place);
    }
}
