/*
 * A draw taken out as a file. XLSX: a workbook of six sheets, row by row in little memory: what was drawn and how, the population,
 * the sample, the flags, the flags' definitions with their parameters. CSV and JSON Lines: one of these tables.
 * "papers" (JSON Lines alone) is what the flags are computed from, for whoever computes them again: a line for each deal and each
 * paper of the population as it stood, with leaf and values as the API has them (docs/audit.md).
 *
 * Amounts in yuan with two decimals; ids as text. Cells are safe against formulas (file/table.h).
 */
#ifndef TQ_WORK_AUDIT_EXPORT_H
#define TQ_WORK_AUDIT_EXPORT_H

#include "file/table.h"
#include "work/audit_sample.h"

enum audit_sheet { AUDIT_ABOUT, AUDIT_POPULATION, AUDIT_PICKS, AUDIT_FLAGS, AUDIT_DEFINITIONS, AUDIT_PAPERS, AUDIT_SHEETS };

/* "about", "population", "sample", "flags", "definitions", "papers"; AUDIT_SHEETS: none is called so. */
enum audit_sheet audit_sheet_by_name(struct slice name);

/* sheet: of CSV and JSON Lines. ERR_INVALID: papers in another form than JSON Lines. */
bool audit_export(struct sql *sql, const struct audit_sample *sample, const struct audit_drawn *drawn, const char *path, enum table_form form,
                  enum audit_sheet sheet, struct err *err);

#endif
