/*
 * How tieqiao-read ends: the only word that the server takes from it besides the text. What people are told
 * of each code stands in file/reader.c, so that nothing a hostile file made up gets into a message.
 */
#ifndef TQ_FILE_READER_CODE_H
#define TQ_FILE_READER_CODE_H

#include <stdint.h>

enum reader_code {
    READER_DONE = 0,
    READER_USAGE = 64,    /* we called it wrongly */
    READER_UNLOCKED,      /* the lock-up failed: it refuses to work */
    READER_BROKEN,        /* not a whole file of its form */
    READER_PASSWORD,
    READER_LARGE,         /* the file is larger than READER_FILE_MOST */
    READER_PARTS,         /* too many parts in the package */
    READER_BOMB,          /* inflates beyond the limits */
    READER_NAME,          /* a part's name leads out of the package */
    READER_DOCTYPE,       /* XML with a document type: entities are refused */
    READER_DEEP,          /* XML nested too deep */
    READER_EMPTY,         /* nothing to read: a scan, an empty workbook */
    READER_LONG,          /* a table longer than asked for */
    READER_REST,          /* done, and further sheets hold tables that were not read */
    READER_CODE_END
};

enum { READER_FILE_MOST = 32 << 20 };

/*
 * What the helper (tieqiao-read --serve) is asked, one message a document, with three descriptors: the file, where its
 * text goes, and where its end is told: one struct reader_ending. Closing the last one's other end calls the reading off.
 */
struct reader_order {
    char form[8];   /* "pdf", "docx", "xlsx" */
    uint64_t most;  /* bytes of text */
};

struct reader_ending {
    int32_t status; /* as waitpid gives it */
};

#endif
