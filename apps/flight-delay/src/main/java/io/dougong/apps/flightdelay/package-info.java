/** The application {@code flight-delay}: its data, its demo. */
@NullMarked
package io.dougong.apps.flightdelay;

import org.jspecify.annotations.NullMarked;
