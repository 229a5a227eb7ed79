/** Any table in a file becomes an application: read, profiled, split, trained, compared, explained, ready to serve. */
@NullMarked
package io.dougong.apps.tabular;

import org.jspecify.annotations.NullMarked;
