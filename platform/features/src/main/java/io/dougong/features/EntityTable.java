package io.dougong.features;

import io.dougong.kernel.Row;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Entities by their key: open addressing with linear probing, looked up straight from a row, without building a key. Readers may
 * race with the writer and see anything; every loop ends, and the caller finds out from its stamp.
 */
final class EntityTable {

    private static final int SMALLEST = 16;
    private static final int SPREAD = 0x9E3779B9;

    private @Nullable EntityPanes[] slots = new @Nullable EntityPanes[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    /** The hash of the key that the row has at the places, or empty (negative) if a part of it is missing. */
    static long hash(Row row, int[] places) {
        int hash = 1;
        for (int place : places) {
            Object part = row.get(place);
            if (part == null) {
                return -1;
            }
            hash = 31 * hash + part.hashCode();
        }
        return spread(hash);
    }

    static long hash(Object[] key) {
        int hash = 1;
        for (Object part : key) {
            hash = 31 * hash + part.hashCode();
        }
        return spread(hash);
    }

    private static long spread(int hash) {
        int spread = hash * SPREAD;
        return (spread ^ (spread >>> 15)) & Integer.MAX_VALUE;
    }

    @Nullable
    EntityPanes find(long hash, Row row, int[] places) {
        @Nullable EntityPanes[] table = slots;
        int mask = table.length - 1;
        for (int i = 0; i < table.length; i++) {
            EntityPanes found = table[((int) hash + i) & mask];
            if (found == null || (found.hash() == hash && has(found.key(), row, places))) {
                return found;
            }
        }
        return null;
    }

    @Nullable
    EntityPanes find(long hash, Object[] key) {
        @Nullable EntityPanes[] table = slots;
        int mask = table.length - 1;
        for (int i = 0; i < table.length; i++) {
            EntityPanes found = table[((int) hash + i) & mask];
            if (found == null || (found.hash() == hash && Arrays.equals(found.key(), key))) {
                return found;
            }
        }
        return null;
    }

    private static boolean has(Object[] key, Row row, int[] places) {
        for (int i = 0; i < key.length; i++) {
            if (!key[i].equals(row.get(places[i]))) {
                return false;
            }
        }
        return true;
    }

    void add(EntityPanes entity) {
        if ((size + 1) * 5L > slots.length * 3L) {
            rebuild(2 * slots.length, _ -> true);
        }
        place(slots, entity);
        size++;
    }

    private static void place(@Nullable EntityPanes[] table, EntityPanes entity) {
        int slot = entity.hash() & (table.length - 1);
        while (table[slot] != null) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = entity;
    }

    /** Keeps only the entities for which the predicate holds. */
    void retain(Predicate<EntityPanes> kept) {
        rebuild(slots.length, kept);
    }

    private void rebuild(int length, Predicate<EntityPanes> kept) {
        @Nullable EntityPanes[] table = new @Nullable EntityPanes[length];
        int count = 0;
        for (EntityPanes entity : slots) {
            if (entity != null && kept.test(entity)) {
                place(table, entity);
                count++;
            }
        }
        slots = table;
        size = count;
    }

    void forEach(Consumer<EntityPanes> visitor) {
        for (EntityPanes entity : slots) {
            if (entity != null) {
                visitor.accept(entity);
            }
        }
    }

    boolean any(Predicate<EntityPanes> test) {
        for (EntityPanes entity : slots) {
            if (entity != null && test.test(entity)) {
                return true;
            }
        }
        return false;
    }
}
