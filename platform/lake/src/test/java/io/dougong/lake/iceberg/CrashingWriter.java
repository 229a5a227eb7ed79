package io.dougong.lake.iceberg;

import io.dougong.lake.LakeTable;
import io.dougong.lake.Partitioning;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Appends, compacts and expires until it is killed; each append that returned is noted in a file by its offset. */
final class CrashingWriter {

    private CrashingWriter() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path acknowledged = Path.of(arguments[1]);
        Random random = new Random(Long.parseLong(arguments[2]));
        try (IcebergLake lake = Lakes.open(folder)) {
            LakeTable table = lake.create("events", Lakes.SCHEMA, Partitioning.NONE);
            while (true) {
                long from = Lakes.next(table.offsets());
                long to = from + 1 + random.nextInt(2000);
                table.append(Lakes.rows(from, to), Lakes.at(from), Lakes.at(to));
                Files.write(
                        acknowledged,
                        (to + "\n").getBytes(StandardCharsets.UTF_8),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                if (random.nextInt(3) == 0) {
                    table.compact();
                }
                if (random.nextInt(4) == 0) {
                    table.expire(Long.MAX_VALUE / 4, 2);
                }
            }
        }
    }
}
