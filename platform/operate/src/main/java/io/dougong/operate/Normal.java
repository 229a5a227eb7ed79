package io.dougong.operate;

/** The standard normal distribution, to about 1e-7 relative: enough for p-values, and the same bits everywhere. */
final class Normal {

    private static final double[] CHEBYSHEV = {
        -1.26551223,
        1.00002368,
        0.37409196,
        0.09678418,
        -0.18628806,
        0.27886807,
        -1.13520398,
        1.48851587,
        -0.82215223,
        0.17087277
    };

    private Normal() {}

    /** P(Z &gt; z), by the Chebyshev fit of erfc of Press et al., <i>Numerical Recipes</i>, 2nd edition, section 6.2. */
    static double above(double z) {
        double x = z / StrictMath.sqrt(2);
        double t = 1 / (1 + 0.5 * Math.abs(x));
        double sum = CHEBYSHEV[CHEBYSHEV.length - 1];
        for (int i = CHEBYSHEV.length - 2; i >= 0; i--) {
            sum = CHEBYSHEV[i] + t * sum;
        }
        double tail = t * StrictMath.exp(-x * x + sum);
        return (x >= 0 ? tail : 2 - tail) / 2;
    }
}
