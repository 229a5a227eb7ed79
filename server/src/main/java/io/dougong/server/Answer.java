package io.dougong.server;

/** How a call is answered: at once and whole, from a file, or as a stream of events. */
sealed interface Answer permits Reply, FileReply, Feed {}
