/** Trust kept on one machine: chain files, key files, and the tables of tokens and subject keys. */
@NullMarked
package io.dougong.trust.embedded;

import org.jspecify.annotations.NullMarked;
