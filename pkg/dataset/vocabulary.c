/* vocabulary - controlled vocabularies as tables: code, IRI, Vietnamese, English.
 *
 * Sources: the EU Vocabularies' authority tables (op.europa.eu/en/web/eu-vocabularies),
 * the ADMS vocabularies of SEMIC (purl.org/adms), the media types of IANA; as named by
 * DCAT-AP 3.0.1, section "Controlled vocabularies to be used". Vietnamese labels are
 * ours.
 */
#include "dataset/vocabulary.h"
#include "text/message.h"

#include <string.h>

#define EU   "http://publications.europa.eu/resource/authority/"
#define IANA "http://www.iana.org/assignments/media-types/"
#define ADMS "http://purl.org/adms/"

static const hg_term access_rights[] = {
    { "non-public", EU "access-right/NON_PUBLIC", "không công khai", "non-public" },
    { "public", EU "access-right/PUBLIC", "công khai", "public" },
    { "restricted", EU "access-right/RESTRICTED", "hạn chế", "restricted" },
};

static const hg_term dataset_types[] = {
    { "code-list", EU "dataset-type/CODE_LIST", "danh mục mã", "code list" },
    { "geospatial", EU "dataset-type/GEOSPATIAL", "dữ liệu không gian địa lý",
      "geospatial data" },
    { "statistical", EU "dataset-type/STATISTICAL", "dữ liệu thống kê",
      "statistical data" },
};

/* JSON Lines has neither a code of the EU's nor a media type of IANA's: the nearest code, as
 * DCAT-AP recommends that there is one, and no media type. */
static const hg_term file_types[] = {
    { "csv", EU "file-type/CSV", "CSV", "CSV" },
    { "excel-csv", EU "file-type/CSV", "CSV cho Excel", "CSV for Excel" },
    { "geojson", EU "file-type/GEOJSON", "GeoJSON", "GeoJSON" },
    { "json", EU "file-type/JSON", "JSON", "JSON" },
    { "jsonl", EU "file-type/JSON", "JSON Lines", "JSON Lines" },
    { "ods", EU "file-type/ODS", "OpenDocument", "OpenDocument" },
    { "pdf", EU "file-type/PDF", "PDF", "PDF" },
    { "sdmx-csv", EU "file-type/CSV", "SDMX-CSV", "SDMX-CSV" },
    { "tsv", EU "file-type/TSV", "TSV", "TSV" },
    { "xlsx", EU "file-type/XLSX", "Excel", "Excel" },
    { "xml", EU "file-type/XML", "XML", "XML" },
    { "zip", EU "file-type/ZIP", "ZIP", "ZIP" },
};

static const hg_term media_types[] = {
    { "csv", IANA "text/csv", "text/csv", "text/csv" },
    { "excel-csv", IANA "text/csv", "text/csv", "text/csv" },
    { "geojson", IANA "application/geo+json", "application/geo+json",
      "application/geo+json" },
    { "json", IANA "application/json", "application/json", "application/json" },
    { "jsonl", "", "application/jsonl", "application/jsonl" },
    { "ods", IANA "application/vnd.oasis.opendocument.spreadsheet",
      "application/vnd.oasis.opendocument.spreadsheet",
      "application/vnd.oasis.opendocument.spreadsheet" },
    { "pdf", IANA "application/pdf", "application/pdf", "application/pdf" },
    { "sdmx-csv", IANA "text/csv", "text/csv", "text/csv" },
    { "tsv", IANA "text/tab-separated-values", "text/tab-separated-values",
      "text/tab-separated-values" },
    { "xlsx", IANA "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    { "xml", IANA "application/xml", "application/xml", "application/xml" },
    { "zip", IANA "application/zip", "application/zip", "application/zip" },
};

static const hg_term frequencies[] = {
    { "annual", EU "frequency/ANNUAL", "hằng năm", "annual" },
    { "as-needed", EU "frequency/AS_NEEDED", "khi cần", "as needed" },
    { "biennial", EU "frequency/BIENNIAL", "hai năm một lần", "every two years" },
    { "bimonthly", EU "frequency/BIMONTHLY", "hai tháng một lần", "every two months" },
    { "continuous", EU "frequency/CONT", "liên tục", "continuous" },
    { "daily", EU "frequency/DAILY", "hằng ngày", "daily" },
    { "decennial", EU "frequency/DECENNIAL", "mười năm một lần", "every ten years" },
    { "hourly", EU "frequency/HOURLY", "hằng giờ", "hourly" },
    { "irregular", EU "frequency/IRREG", "không định kỳ", "irregular" },
    { "monthly", EU "frequency/MONTHLY", "hằng tháng", "monthly" },
    { "never", EU "frequency/NEVER", "không cập nhật", "never" },
    { "not-planned", EU "frequency/NOT_PLANNED", "chưa có kế hoạch", "not planned" },
    { "other", EU "frequency/OTHER", "khác", "other" },
    { "quarterly", EU "frequency/QUARTERLY", "hằng quý", "quarterly" },
    { "quinquennial", EU "frequency/QUINQUENNIAL", "năm năm một lần",
      "every five years" },
    { "semiannual", EU "frequency/ANNUAL_2", "sáu tháng một lần", "twice a year" },
    { "triennial", EU "frequency/TRIENNIAL", "ba năm một lần", "every three years" },
    { "unknown", EU "frequency/UNKNOWN", "không rõ", "unknown" },
    { "weekly", EU "frequency/WEEKLY", "hằng tuần", "weekly" },
};

static const hg_term languages[] = {
    { "en", EU "language/ENG", "tiếng Anh", "English" },
    { "vi", EU "language/VIE", "tiếng Việt", "Vietnamese" },
};

/* Open licences for data only: what a user may not use freely is not open data. */
static const hg_term licences[] = {
    { "CC-BY-4.0", EU "licence/CC_BY_4_0", "Creative Commons Ghi công 4.0 Quốc tế",
      "Creative Commons Attribution 4.0 International" },
    { "CC-BY-SA-4.0", EU "licence/CC_BYSA_4_0",
      "Creative Commons Ghi công - Chia sẻ tương tự 4.0 Quốc tế",
      "Creative Commons Attribution-ShareAlike 4.0 International" },
    { "CC0-1.0", EU "licence/CC0", "Creative Commons CC0 1.0 Toàn cầu",
      "Creative Commons Zero 1.0 Universal" },
    { "ODC-By-1.0", EU "licence/ODC_BY", "Open Data Commons Ghi công 1.0",
      "Open Data Commons Attribution License 1.0" },
    { "ODbL-1.0", EU "licence/ODC_BL", "Open Data Commons Cơ sở dữ liệu mở 1.0",
      "Open Data Commons Open Database License 1.0" },
    { "PDDL-1.0", EU "licence/ODC_PDDL", "Open Data Commons Miền công cộng 1.0",
      "Open Data Commons Public Domain Dedication and License 1.0" },
};

static const hg_term licence_pages[] = {
    { "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "", "" },
    { "CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/", "", "" },
    { "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "", "" },
    { "ODC-By-1.0", "https://opendatacommons.org/licenses/by/1-0/", "", "" },
    { "ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/", "", "" },
    { "PDDL-1.0", "https://opendatacommons.org/licenses/pddl/1-0/", "", "" },
};

static const hg_term licence_types[] = {
    { "CC-BY-4.0", ADMS "licencetype/Attribution", "ghi công", "attribution" },
    { "CC-BY-SA-4.0", ADMS "licencetype/ViralEffect-ShareAlike", "chia sẻ tương tự",
      "share alike" },
    { "CC0-1.0", ADMS "licencetype/PublicDomain", "miền công cộng", "public domain" },
    { "ODC-By-1.0", ADMS "licencetype/Attribution", "ghi công", "attribution" },
    { "ODbL-1.0", ADMS "licencetype/ViralEffect-ShareAlike", "chia sẻ tương tự",
      "share alike" },
    { "PDDL-1.0", ADMS "licencetype/PublicDomain", "miền công cộng", "public domain" },
};

static const hg_term publisher_types[] = {
    { "academia", ADMS "publishertype/Academia-ScientificOrganisation",
      "viện, trường, tổ chức khoa học", "academia or scientific organisation" },
    { "company", ADMS "publishertype/Company", "doanh nghiệp", "company" },
    { "local-authority", ADMS "publishertype/LocalAuthority", "cơ quan cấp xã",
      "local authority" },
    { "national-authority", ADMS "publishertype/NationalAuthority", "cơ quan trung ương",
      "national authority" },
    { "regional-authority", ADMS "publishertype/RegionalAuthority", "cơ quan cấp tỉnh",
      "regional authority" },
};

static const hg_term themes[] = {
    { "AGRI", EU "data-theme/AGRI", "Nông nghiệp, thủy sản, lâm nghiệp và thực phẩm",
      "Agriculture, fisheries, forestry and food" },
    { "ECON", EU "data-theme/ECON", "Kinh tế và tài chính", "Economy and finance" },
    { "EDUC", EU "data-theme/EDUC", "Giáo dục, văn hóa và thể thao",
      "Education, culture and sport" },
    { "ENER", EU "data-theme/ENER", "Năng lượng", "Energy" },
    { "ENVI", EU "data-theme/ENVI", "Môi trường", "Environment" },
    { "GOVE", EU "data-theme/GOVE", "Chính phủ và khu vực công",
      "Government and public sector" },
    { "HEAL", EU "data-theme/HEAL", "Y tế", "Health" },
    { "INTR", EU "data-theme/INTR", "Các vấn đề quốc tế", "International issues" },
    { "JUST", EU "data-theme/JUST", "Tư pháp, pháp luật và an toàn xã hội",
      "Justice, legal system and public safety" },
    { "REGI", EU "data-theme/REGI", "Vùng và đô thị", "Regions and cities" },
    { "SOCI", EU "data-theme/SOCI", "Dân số và xã hội", "Population and society" },
    { "TECH", EU "data-theme/TECH", "Khoa học và công nghệ", "Science and technology" },
    { "TRAN", EU "data-theme/TRAN", "Giao thông vận tải", "Transport" },
};

static const struct {
    const char *name;
    const hg_term *terms;
    size_t n;
} vocabularies[] = {
#define TABLE(name, terms)                                                               \
    {                                                                                    \
        name, terms, sizeof terms / sizeof *terms                                        \
    }
    [HG_VOC_ACCESS] = TABLE("access-right", access_rights),
    [HG_VOC_DATASET_TYPE] = TABLE("dataset-type", dataset_types),
    [HG_VOC_FILE_TYPE] = TABLE("file-type", file_types),
    [HG_VOC_FREQUENCY] = TABLE("frequency", frequencies),
    [HG_VOC_LANGUAGE] = TABLE("language", languages),
    [HG_VOC_LICENCE] = TABLE("licence", licences),
    [HG_VOC_LICENCE_PAGE] = TABLE("licence-page", licence_pages),
    [HG_VOC_LICENCE_TYPE] = TABLE("licence-type", licence_types),
    [HG_VOC_MEDIA_TYPE] = TABLE("media-type", media_types),
    [HG_VOC_PUBLISHER_TYPE] = TABLE("publisher-type", publisher_types),
    [HG_VOC_THEME] = TABLE("theme", themes),
#undef TABLE
};

const char *hg_vocabulary_name(hg_vocabulary vocabulary)
{
    size_t n = sizeof vocabularies / sizeof *vocabularies;
    return (size_t)vocabulary < n ? vocabularies[vocabulary].name : NULL;
}

const hg_term *hg_vocabulary_terms(hg_vocabulary vocabulary, size_t *n)
{
    *n = vocabularies[vocabulary].n;
    return vocabularies[vocabulary].terms;
}

const hg_term *hg_vocabulary_find(hg_vocabulary vocabulary, const char *code)
{
    for (size_t i = 0; code && i < vocabularies[vocabulary].n; i++)
        if (strcmp(vocabularies[vocabulary].terms[i].code, code) == 0)
            return &vocabularies[vocabulary].terms[i];
    return NULL;
}

const char *hg_vocabulary_iri(hg_vocabulary vocabulary, const char *code)
{
    const hg_term *term = hg_vocabulary_find(vocabulary, code);
    return term && *term->iri ? term->iri : NULL;
}

const char *hg_vocabulary_near(hg_vocabulary vocabulary, const char *code)
{
    const char *near = NULL;
    unsigned best = 4; /* further apart is another word */
    for (size_t i = 0; i < vocabularies[vocabulary].n; i++) {
        const char *other = vocabularies[vocabulary].terms[i].code;
        unsigned distance = hg_text_distance(code, other);
        if (distance < best && distance < strlen(other)) {
            best = distance;
            near = other;
        }
    }
    return near;
}
