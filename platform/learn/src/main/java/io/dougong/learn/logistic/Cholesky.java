package io.dougong.learn.logistic;

/** Solves A x = b for a symmetric positive definite A, in place, in a fixed order (Golub and Van Loan, 4th ed., 4.2). */
final class Cholesky {

    /** A pivot this small against its diagonal means that a column is a sum of others. */
    private static final double SINGULAR = 1e-12;

    private Cholesky() {}

    /**
     * @param a lower triangle is read and overwritten with its factor
     * @param b overwritten with the solution
     * @return false if A is not positive definite; then a and b are spoilt
     */
    static boolean solve(double[][] a, double[] b) {
        if (!factor(a)) {
            return false;
        }
        for (int i = 0; i < b.length; i++) {
            double sum = b[i];
            for (int k = 0; k < i; k++) {
                sum -= a[i][k] * b[k];
            }
            b[i] = sum / a[i][i];
        }
        for (int i = b.length - 1; i >= 0; i--) {
            double sum = b[i];
            for (int k = i + 1; k < b.length; k++) {
                sum -= a[k][i] * b[k];
            }
            b[i] = sum / a[i][i];
        }
        return true;
    }

    private static boolean factor(double[][] a) {
        for (int i = 0; i < a.length; i++) {
            double diagonal = a[i][i];
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                if (i > j) {
                    a[i][j] = sum / a[j][j];
                } else if (sum > SINGULAR * diagonal) {
                    a[i][i] = StrictMath.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }
}
