/* lanes - which looks this machine is for */
#include "table/lanes.h"

#include <stddef.h>

const hg_lanes_looks *hg_lanes_here(void)
{
#if defined __x86_64__ && !defined HG_PORTABLE
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        return &hg_lanes_8;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
        return &hg_lanes_4;
#elif defined __aarch64__ && !defined HG_PORTABLE
    return &hg_lanes_4;
#endif
    return NULL;
}
