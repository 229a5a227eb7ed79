package io.dougong.dist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code powercut.c} has noted, reduced to the changes that were not synced when the process ended: of the content of files, and
 * of the entries of folders, each oldest first.
 *
 * @param writes inode to changes of its content
 * @param names changes of entries
 */
record DiskJournal(Map<Long, List<Write>> writes, List<Naming> names) {

    private static final int HEAD_BYTES = 32;

    /** The file had this size, and from {@code at} on these bytes, before the change. */
    record Write(long size, long at, byte[] old) {}

    enum Kind {
        CREATE,
        MKDIR,
        UNLINK,
        RMDIR,
        RENAME,
        LINK
    }

    /**
     * An entry made, removed or moved.
     *
     * @param folder inode of the folder
     * @param second where it was moved to; else the same as {@code path}
     * @param grave where what it replaced or removed is kept, 0 if there was nothing
     */
    record Naming(Kind kind, long folder, long secondFolder, Path path, Path second, long grave) {

        private boolean in(long inode) {
            return folder == inode || secondFolder == inode;
        }
    }

    private enum Entry {
        NONE,
        WRITE,
        SYNC,
        SYNC_FOLDER,
        CREATE,
        MKDIR,
        UNLINK,
        RMDIR,
        RENAME,
        LINK
    }

    static DiskJournal read(Path file) throws IOException {
        DiskJournal journal = new DiskJournal(new HashMap<>(), new ArrayList<>());
        ByteBuffer bytes = Files.exists(file) ? ByteBuffer.wrap(Files.readAllBytes(file)) : ByteBuffer.allocate(0);
        bytes.order(ByteOrder.nativeOrder());
        while (bytes.remaining() >= HEAD_BYTES) {
            int length = bytes.getInt();
            Entry kind = Entry.values()[bytes.getInt()];
            long inode = bytes.getLong();
            long size = bytes.getLong();
            long at = bytes.getLong();
            if (bytes.remaining() < length) {
                break;
            }
            byte[] tail = new byte[length];
            bytes.get(tail);
            journal.add(kind, inode, size, at, tail);
        }
        return journal;
    }

    private void add(Entry kind, long inode, long size, long at, byte[] tail) {
        switch (kind) {
            case WRITE -> writes.computeIfAbsent(inode, _ -> new ArrayList<>()).add(new Write(size, at, tail));
            case SYNC -> writes.remove(inode);
            case SYNC_FOLDER -> names.removeIf(naming -> naming.in(inode));
            case NONE -> throw new IllegalStateException("the journal is damaged");
            default -> {
                String[] paths = new String(tail, StandardCharsets.UTF_8).split("\0", -1);
                Path path = Path.of(paths[0]);
                Path second = paths.length > 2 ? Path.of(paths[1]) : path;
                names.add(new Naming(Kind.valueOf(kind.name()), inode, size == 0 ? inode : size, path, second, at));
            }
        }
    }
}
