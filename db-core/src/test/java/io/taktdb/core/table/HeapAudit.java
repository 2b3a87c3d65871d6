package io.taktdb.core.table;

import static io.taktdb.core.table.TableAudit.require;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.Pages;
import java.util.HashSet;
import java.util.Set;

/** The heap's part of {@link TableAudit}: what rows refer to is in use, and nothing else is. */
final class HeapAudit {
    private final TableView table;
    private final Set<Long> locations;

    /** @param locations what the rows refer to */
    HeapAudit(final TableView table, final Set<Long> locations) {
        this.table = table;
        this.locations = locations;
    }

    void check() {
        final Pages heap = table.heap();
        final Set<Integer> withFree = new HashSet<>();
        final Set<Integer> empty = new HashSet<>();
        long used = 0;
        for (int page = 0; page < heap.count(); page++) {
            if (heap.address(page) == 0) {
                continue;
            }
            final int slots = HeapClasses.slots(Memory.getInt(heap.address(page) + Heap.SLOT_CLASS));
            final int inPage = page(page, slots);
            used += inPage;
            if (inPage == 0) {
                empty.add(page);
            } else if (inPage < slots) {
                withFree.add(page);
            }
        }
        int blocks = 0;
        for (int block = 0; block < table.blocks().count(); block++) {
            blocks += table.blocks().address(block) == 0 ? 0 : 1;
        }
        require(
                used + blocks == locations.size(),
                "heap values: slots=" + used + ", blocks=" + blocks + ", referred to=" + locations.size());
        list(TableView.HEAP_FREE, empty, "empty pages");
        final Set<Integer> listed = new HashSet<>();
        for (int slotClass = 0; slotClass < HeapClasses.COUNT; slotClass++) {
            listed.addAll(walk(TableView.HEAP_HEADS + slotClass, slotClass));
        }
        require(listed.equals(withFree), "pages with free slots: listed=" + listed + ", found=" + withFree);
    }

    private int page(final int page, final int slots) {
        final long address = table.heap().address(page);
        final int slotClass = Memory.getInt(address + Heap.SLOT_CLASS);
        final int used = Memory.getInt(address + Heap.USED);
        int marked = 0;
        for (int slot = 0; slot < 1024; slot++) {
            if ((Memory.getByte(address + Heap.BITMAP + (slot >> 3)) >>> (slot & 7) & 1) != 0) {
                marked++;
                final long location =
                        (long) page << 32 | (HeapClasses.HEADER_BYTES + (long) slot * HeapClasses.slotBytes(slotClass));
                require(slot < slots, "slot beyond the page: page=" + page + ", slot=" + slot);
                require(locations.contains(location), "slot leaks: page=" + page + ", slot=" + slot);
            }
        }
        require(marked == used, "slots in use: page=" + page + ", counted=" + used + ", marked=" + marked);
        return used;
    }

    private void list(final int head, final Set<Integer> expected, final String name) {
        final Set<Integer> listed = walk(head, -1);
        require(listed.equals(expected), name + ": listed=" + listed + ", found=" + expected);
    }

    private Set<Integer> walk(final int head, final int slotClass) {
        final Set<Integer> listed = new HashSet<>();
        int previous = 0;
        int next = (int) table.scalar(head);
        while (next != 0) {
            final long address = table.heap().address(next - 1);
            require(listed.add(next - 1), "list is a circle: head=" + head + ", page=" + (next - 1));
            require(Memory.getInt(address + Heap.PREVIOUS) == previous, "link back differs: page=" + (next - 1));
            require(
                    slotClass < 0 || Memory.getInt(address + Heap.SLOT_CLASS) == slotClass,
                    "page in another class's list: page=" + (next - 1));
            previous = next;
            next = Memory.getInt(address + Heap.NEXT);
        }
        return listed;
    }
}
