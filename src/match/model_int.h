/* What who writes a model file and who reads one share. */
#ifndef TQ_MATCH_MODEL_INT_H
#define TQ_MATCH_MODEL_INT_H

#include "match/model.h"

#define MODEL_MAGIC "TQMODEL1"
enum { MODEL_SUMMED = 16 }; /* where what is under the checksum begins */

/* Bytes of a model file. */
uint64_t model_size(uint32_t terms, uint32_t dims);

#endif
