/* A university's inventory of its patents (存量专利盘点表), as offices make it: a title, who fills it in, merged headers. */
#ifndef TQ_TESTS_INVENTORY_H
#define TQ_TESTS_INVENTORY_H

enum { INVENTORY_ROWS = 9, INVENTORY_COLUMNS = 17 };

/* Row 0 is merged over all columns; in row 2 columns 10 and 13 span three and two; all others span rows 2 and 3. */
extern const char *const inventory[INVENTORY_ROWS][INVENTORY_COLUMNS];

/* As .xlsx with its merged cells. */
int inventory_xlsx(const char *path);

#endif
