/* findings.h - findings as the CSV records of findings/00001.csv. */
#ifndef HG_STREAM_FINDINGS_H
#define HG_STREAM_FINDINGS_H

#include "table/finding.h"
#include "table/row.h"

/* code,severity,resource,rowNumber,fieldNumber,field,file,sheet,row,col,value,message,arguments
 * - arguments are closed by U+001F each; message is the English format. */
void hg_findings_header(hg_buf *buf);
void hg_findings_put(hg_buf *buf, const hg_finding *finding);

/* Read one back; its texts borrow from row and from text, which is cleared first.
 * HG_EINPUT if it is no such record. */
hg_status hg_findings_read(hg_finding *finding, const hg_row *row, hg_buf *text,
                           hg_err *err);

#endif
