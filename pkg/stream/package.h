/* package.h - a data package, sealed: the only way to get one is to have its seal
 * verified.
 *
 * One package has three bodies: a folder, a file (zip, tar, tar.zst), a pipe (tar,
 * tar.zst). Its files:
 *   hg.json               head: stage "packaged", definition, sources (stream.h)
 *   data/<resource>.csv   …and whatever else was packaged: README.md, metadata/dcat.ttl …
 *   manifest-sha256.txt   "sha256  path" of every file but itself and the seal
 *   datapackage.json      the seal: Data Package v2; its member "hg" has the digests of
 *                         hg.json and of the manifest, and the verdict of the check
 *   datapackage.json.p7s  if it was signed: a detached signature of the seal
 * (container/cms.h); before the seal in a tar or zip, and in no manifest Further files in a
 * folder (pages that a catalogue adds) are not part of the package.
 */
#ifndef HG_STREAM_PACKAGE_H
#define HG_STREAM_PACKAGE_H

#include "container/archive.h" /* hg_container */
#include "container/cms.h"
#include "json/json.h"

#define HG_PACKAGE_HEAD     "hg.json"
#define HG_PACKAGE_SEAL     "datapackage.json"
#define HG_PACKAGE_MANIFEST "manifest-sha256.txt"
#define HG_PACKAGE_SIGNED   "datapackage.json.p7s"
#define HG_PACKAGE_REFUSED  "refused" /* the stage of a refusal */

typedef struct hg_package hg_package;

/*
 * Open a package from a folder, a zip, a tar, a tar.zst, or "-" and verify its seal, its
 * manifest and the digest of each file. What is no folder is unpacked below tmp.
 * HG_EINPUT: missing, cut off, damaged, changed; HG_EARG: a stream that is not packaged
 * yet.
 */
hg_status hg_package_open(hg_package **out, const char *name, const char *tmp,
                          hg_err *err);

/*
 * The same, and while a package comes that is no folder, its zip is made on fd, an empty file
 * of that path, so that both are done at about the same time. hg_package_zipped() tells whether
 * it is there, the very bytes of hg_package_write(); not so for a folder, or where the files
 * came in another order: what fd holds is then to be thrown away.
 */
hg_status hg_package_open_zip(hg_package **out, const char *name, const char *tmp, int fd,
                              const char *path, hg_err *err);
bool hg_package_zipped(const hg_package *package);

/* The same for a folder that the caller has just sealed itself: its files are not read
 * again. */
hg_status hg_package_sealed(hg_package **out, const char *folder, hg_err *err);

const char *hg_package_id(const hg_package *package);
const char *hg_package_name(const hg_package *package);   /* as opened, for messages */
const char *hg_package_folder(const hg_package *package); /* where its files are */
const hg_json *hg_package_head(const hg_package *package);
const hg_json *hg_package_descriptor(const hg_package *package); /* datapackage.json */
/* Its files relative to the folder: the head first, then by name, the manifest, the
 * signature if it has one, and the seal last. */
char *const *hg_package_files(const hg_package *package, size_t *n);
bool hg_package_unsealed(
    const hg_package *package);            /* made from plain text out of a pipe */
void hg_package_free(hg_package *package); /* NULL is fine; removes what it unpacked */

/*
 * Seal a folder that holds a package's files: writes the manifest and then the seal,
 * which is descriptor with the member "hg" added. head must stand in the folder as
 * hg.json. verdict: { "errors": n, "warnings": n }, taken over. descriptor is changed. A
 * file whose digest it gives (resources[].path and hash, "sha256:…") is not read again.
 */
hg_status hg_package_seal(const char *folder, hg_json *descriptor, hg_json *verdict,
                          hg_err *err);

/* Sign the seal of a sealed folder: adds HG_PACKAGE_SIGNED, or replaces it. Fails as
 * hg_signer_sign() does. */
hg_status hg_package_sign(const char *folder, const hg_signer *signer, int64_t at,
                          hg_err *err);

/* Check the signature of an open package, as hg_signature_check() does; HG_END: it has
 * none. */
hg_status hg_package_signature(const hg_package *package, const char *trust,
                               hg_signature *signature, hg_err *err);

/*
 * Tell the reader of a pipe that the data were refused, so that it does not take the
 * pipe's end for a producer that died: a tar of a head alone, { "hg": 1, "stage":
 * "refused" }, which hg_package_open() answers with HG_EREFUSED. HG_ESYS, HG_ENOMEM.
 */
hg_status hg_package_refuse(int fd, const char *name, hg_err *err);

/* Write a sealed package's files as one tar or zip to fd: the same bytes for the same
 * package. */
hg_status hg_package_write(const hg_package *package, int fd, const char *name,
                           hg_container kind, hg_err *err);

#endif
