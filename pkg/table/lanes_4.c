/* lanes_4 - four cells side by side, with AVX2, or NEON */
#define SIDE 4
#define FIRST_BITS { 1, 2, 4, 8 }
#if defined __x86_64__ && !defined HG_PORTABLE
#define INSTRUCTIONS __attribute__((target("avx2,bmi,bmi2")))
#else
#define INSTRUCTIONS
#endif
#include "table/lanes_looks.h"

const hg_lanes_looks hg_lanes_4 = LOOKS;
