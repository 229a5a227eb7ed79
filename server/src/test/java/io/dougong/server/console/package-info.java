@NullMarked
package io.dougong.server.console;

import org.jspecify.annotations.NullMarked;
