package io.dougong.models;

/**
 * Nodes and weights of Gauss–Legendre quadrature on [0, 1]: n points integrate every polynomial of degree 2n - 1 exactly.
 * Newton iteration on the Legendre polynomial from the Chebyshev-like start (Press et al., Numerical Recipes, section 4.6).
 */
record GaussLegendre(double[] nodes, double[] weights) {

    private static final int NEWTON_STEPS = 20;

    static GaussLegendre of(int n) {
        double[] nodes = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double x = StrictMath.cos(StrictMath.PI * (i + 0.75) / (n + 0.5));
            double slope = 1;
            for (int step = 0; step < NEWTON_STEPS; step++) {
                double before = 0;
                double value = 1;
                for (int k = 0; k < n; k++) {
                    double next = ((2 * k + 1) * x * value - k * before) / (k + 1);
                    before = value;
                    value = next;
                }
                slope = n * (x * value - before) / (x * x - 1);
                x -= value / slope;
            }
            nodes[i] = (1 - x) / 2;
            weights[i] = 1 / ((1 - x * x) * slope * slope);
        }
        return new GaussLegendre(nodes, weights);
    }
}
