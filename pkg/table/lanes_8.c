/* lanes_8 - eight cells side by side, with AVX-512 */
#define SIDE 8
#define FIRST_BITS { 1, 2, 4, 8, 16, 32, 64, 128 }
#if defined __x86_64__ && !defined HG_PORTABLE
#define INSTRUCTIONS __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,bmi,bmi2")))
#else
#define INSTRUCTIONS
#endif
#include "table/lanes_looks.h"

const hg_lanes_looks hg_lanes_8 = LOOKS;
