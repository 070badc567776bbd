/* licence.h - under which terms a dataset may be used, for people: LICENSE.txt. */
#ifndef HG_DATASET_LICENCE_H
#define HG_DATASET_LICENCE_H

#include "dataset/dataset.h"

/* Append the title of the dataset and its publisher, the licence with the address of its
 * text, and the description's "rights", in Vietnamese and then in English; plain text. */
void hg_licence(const hg_dataset *dataset, hg_buf *buf);

#endif
