package io.dougong.models;

/**
 * Maximum likelihood with smoothed targets, by Newton's method with backtracking (Lin, Lin, Weng 2007, "A note on Platt's
 * probabilistic outputs for support vector machines"). A falling line would turn the ranking round; then the slope is 0.
 */
final class PlattFit {

    private static final int MAX_STEPS = 100;
    private static final double RIDGE = 1e-12;
    private static final double SMALLEST_STEP = 1e-10;
    private static final double FLAT = 1e-10;
    private static final double SUFFICIENT = 1e-4;

    private final double[] margins;
    private final double[] targets;

    private PlattFit(double[] margins, double[] targets) {
        this.margins = margins;
        this.targets = targets;
    }

    static Calibrator.Platt fit(double[] margins, boolean[] labels) {
        Labelled.check(margins, labels.length);
        int positives = 0;
        for (boolean label : labels) {
            positives += label ? 1 : 0;
        }
        double high = (positives + 1.0) / (positives + 2.0);
        double low = 1.0 / (labels.length - positives + 2.0);
        double[] targets = new double[labels.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = labels[i] ? high : low;
        }
        double start = StrictMath.log((positives + 1.0) / (labels.length - positives + 1.0));
        Calibrator.Platt line = new PlattFit(margins, targets).newton(start);
        return line.slope() >= 0 ? line : new Calibrator.Platt(0, start);
    }

    private Calibrator.Platt newton(double start) {
        double a = 0;
        double b = start;
        double loss = loss(a, b);
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] g = derivatives(a, b);
            if (Math.abs(g[0]) < FLAT && Math.abs(g[1]) < FLAT) {
                break;
            }
            double determinant = g[2] * g[4] - g[3] * g[3];
            double da = -(g[4] * g[0] - g[3] * g[1]) / determinant;
            double db = -(g[2] * g[1] - g[3] * g[0]) / determinant;
            double slope = g[0] * da + g[1] * db;
            double size = 1;
            double next = loss(a + da, b + db);
            while (!(next < loss + SUFFICIENT * size * slope) && size >= SMALLEST_STEP) {
                size /= 2;
                next = loss(a + size * da, b + size * db);
            }
            if (!(next < loss)) {
                break;
            }
            a += size * da;
            b += size * db;
            loss = next;
        }
        return new Calibrator.Platt(a, b);
    }

    /** Cross-entropy, written so that nothing overflows. */
    private double loss(double a, double b) {
        double sum = 0;
        for (int i = 0; i < margins.length; i++) {
            double x = a * margins[i] + b;
            double tail = StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
            sum += tail + (x >= 0 ? (1 - targets[i]) * x : -targets[i] * x);
        }
        return sum;
    }

    /** Gradient (a, b), then the Hessian (aa, ab, bb). */
    private double[] derivatives(double a, double b) {
        double[] g = {0, 0, RIDGE, 0, RIDGE};
        for (int i = 0; i < margins.length; i++) {
            double p = Calibrator.sigmoid(a * margins[i] + b);
            double residual = p - targets[i];
            double curvature = p * (1 - p);
            g[0] += residual * margins[i];
            g[1] += residual;
            g[2] += curvature * margins[i] * margins[i];
            g[3] += curvature * margins[i];
            g[4] += curvature;
        }
        return g;
    }
}
