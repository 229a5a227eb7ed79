/** The model registry on the metadata database and a folder of artifacts. */
@NullMarked
package io.dougong.models.embedded;

import org.jspecify.annotations.NullMarked;
