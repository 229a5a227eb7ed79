/** Tests of tables that become applications. */
@NullMarked
package io.dougong.apps.tabular;

import org.jspecify.annotations.NullMarked;
