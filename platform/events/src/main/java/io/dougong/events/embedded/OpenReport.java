package io.dougong.events.embedded;

import java.util.List;

/**
 * What opening a log found.
 *
 * @param walFiles write-ahead logs looked through
 * @param walBytes of them
 * @param repairs what had to be cut off; empty after a clean end
 */
public record OpenReport(int walFiles, long walBytes, List<Repair> repairs) {

    /**
     * The unfinished last write of a process that died, or of a disk that refused it: the end of one write-ahead log. A write is
     * acknowledged only when it is whole and synced, so this drops nothing acknowledged unless the disk itself lost it.
     *
     * @param atByte where the last whole write ends
     * @param droppedBytes from there to the end of the file
     */
    public record Repair(String file, long atByte, long droppedBytes, String why) {}

    public OpenReport {
        repairs = List.copyOf(repairs);
    }

    public boolean clean() {
        return repairs.isEmpty();
    }
}
