/* check_found - what a check tells */
#include "work/check_inside.h"

hg_status hg_check_found(void *user, const hg_finding *finding, hg_err *err)
{
    check *c = user;
    bool split = c->split && finding->row_number > 0 && finding->severity == HG_ERROR;
    if (c->opts->part)
        return hg_check_part_found(c, finding, err);
    hg_status st = c->out && !split ? hg_out_finding(c->out, finding, err) : HG_OK;
    if (c->opts->report)
        hg_validation_add(c->opts->report, finding);
    if (st == HG_OK && c->opts->found)
        st = c->opts->found(c->opts->user, finding, err);
    return st;
}

hg_status hg_check_reason(void *user, const hg_finding *finding, hg_err *err)
{
    check *c = user;
    return hg_split_reason(c->split, finding, err);
}
