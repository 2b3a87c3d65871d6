package io.taktdb.persistence.snapshot;

/**
 * Layout of {@code pages.bin}: all pages of all tables of one state, one record after the other; a page that has not
 * changed since an earlier snapshot is not in it, but in the page file of that one, which is linked into the snapshot's
 * folder as {@code pages-NNN.bin}, NNN its commit. All numbers are little-endian.
 *
 * <pre>
 *   File header
 *   OFFSET  SIZE  DESCRIPTION
 *        0     8  magic, the letters TAKTPAGE
 *        8     4  format version, 2; 1 has no kept pages
 *       12     4  bytes of this header, 64
 *       16     8  commit
 *       24     8  tick
 *       32    28  zero
 *       60     4  CRC32C of bytes 0 to 59
 *
 *   Record
 *   OFFSET  SIZE  DESCRIPTION
 *        0     4  kind
 *        4     4  number: see the kind
 *        8     4  n, bytes of the body
 *       12     4  CRC32C of bytes 0 to 11 and of the body
 *       16     n  body
 *
 *   KIND      NUMBER             BODY
 *   1 table   id of the table    4: how many sets follow
 *   2 set     its position, 0..  4: bytes of a page, 0 if they differ; 4: how many pages follow, runs counted out;
 *                                the rest: its name in UTF-8, as PageSet names it
 *   3 page    its number         the page's bytes
 *   4 absent  first number       4: so many pages in a row do not exist
 *   5 dead    first number       4: so many pages in a row held ids that are all dead
 *   7 kept    first number       4: so many pages in a row lie in another page file, one behind the other; 8: the
 *                                commit of that file; 8: where in it the record of the first one starts
 *   6 end     0                  8: bytes of the file up to this record
 * </pre>
 *
 * A file is valid if
 *
 * <ol>
 *   <li>magic, version, header size and every CRC are right, and the zeros are zero;
 *   <li>its tables are those of the manifest, in that order, and commit and tick are the manifest's;
 *   <li>each table has as many sets as it says, numbered from 0; each set has as many pages as it says, from 0 up
 *       without gap; a page has the bytes that its set says;
 *   <li>the end record is the last thing in the file and says where it stands;
 *   <li>size and CRC32C of the whole file are the manifest's.
 * </ol>
 *
 * Reading is one pass from start to end: a record's head says what follows, and no number is believed before its CRC
 * was checked, but for a length, which is held against the bytes that are left.
 */
final class PageFile {
    /** The file's name in the snapshot's folder. */
    static final String NAME = "pages.bin";

    static final int VERSION = 2;

    static final long MAGIC = 0x4547_4150_544b_4154L; // "TAKTPAGE", little-endian
    static final int HEADER_BYTES = 64;
    static final int HEADER_ZEROS = 32;
    static final int HEADER_CRC = 60;

    static final int RECORD_HEAD_BYTES = 16;
    static final int RECORD_CRC = 12;

    static final int TABLE = 1;
    static final int SET = 2;
    static final int PAGE = 3;
    static final int ABSENT = 4;
    static final int DEAD = 5;
    static final int END = 6;
    static final int KEPT = 7;

    /** Bytes of a kept record's body. */
    static final int KEPT_BYTES = 20;

    /** Bytes of a set's body before its name. */
    static final int SET_NAME = 8;

    /** The most bytes of a body that is no page. */
    static final int MAX_SMALL_BODY = 1024;

    private PageFile() {}

    /** Name of the page file that another snapshot wrote. */
    static String keptName(final long commit) {
        return String.format("pages-%020d.bin", commit);
    }
}
