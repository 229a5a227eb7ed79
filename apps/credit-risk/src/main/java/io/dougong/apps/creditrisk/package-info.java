/** Credit risk on real loans: from a table of past credits to decisions that a lender can explain, price and defend. */
@NullMarked
package io.dougong.apps.creditrisk;

import org.jspecify.annotations.NullMarked;
