/* keep_states - what a form says of how final its figures are: apart from keep.c, as who
 * reads it writes no workbook */
#include "report/keep.h"
#include "text/period.h"

const struct hg_keep_state hg_keep_states[HG_STATES] = {
    { "Số liệu chính thức", HG_STATUS_OFFICIAL },
    { "Số liệu sơ bộ", HG_STATUS_PROVISIONAL },
    { "Số liệu ước tính", HG_STATUS_ESTIMATE },
};
