#include "web/http/head_int.h"

#include <strings.h>

#define REFUSAL(name, status, zh, en) static const struct refusal name = {status, #name, {zh, NULL}, {en, NULL}}

REFUSAL(bad_line_end, 400, "请求格式不符合 HTTP：行必须以 CR LF 结束", "This is not HTTP: lines end in CR LF");
REFUSAL(bad_request_line, 400, "请求格式不符合 HTTP：请求行无法识别", "This is not HTTP: the request line cannot be read");
REFUSAL(bad_header, 400, "请求格式不符合 HTTP：标头行无法识别", "This is not HTTP: a header line cannot be read");
REFUSAL(folded_header, 400, "请求格式不符合 HTTP：标头不得折行", "This is not HTTP: header lines are not folded");
REFUSAL(bad_host, 400, "请求必须带一个且仅一个有效的 Host", "A request bears one valid Host, and only one");
REFUSAL(bad_length, 400, "Content-Length 无效或重复", "Content-Length is invalid or there twice");
REFUSAL(bad_coding, 400, "Transfer-Encoding 只接受单独一个 chunked", "Transfer-Encoding is chunked, once, and nothing else");
REFUSAL(length_and_coding, 400, "Content-Length 与 Transfer-Encoding 不得同时出现",
        "Content-Length and Transfer-Encoding do not go together");
REFUSAL(bad_expectation, 417, "Expect 只接受 100-continue", "Expect is 100-continue and nothing else");
REFUSAL(method_not_allowed, 405, "不支持该请求方法，可用 GET、HEAD、POST、PUT、DELETE",
        "This method is not taken; GET, HEAD, POST, PUT and DELETE are");
REFUSAL(method_unknown, 501, "无法识别的请求方法，可用 GET、HEAD、POST、PUT、DELETE",
        "There is no such method; GET, HEAD, POST, PUT and DELETE are taken");
REFUSAL(address_too_long, 414, "网址过长，最多 8 KiB", "The address is too long: 8 KiB at most");
REFUSAL(headers_too_large, 431, "请求标头过大，最多 100 行、16 KiB", "The headers are too large: 100 lines and 16 KiB at most");
REFUSAL(version_unknown, 505, "只支持 HTTP/1.1 与 HTTP/1.0", "HTTP/1.1 and HTTP/1.0 are spoken here");

static bool is_token(unsigned char c)
{
    static const char marks[] = "!#$%&'*+-.^_`|~";

    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr(marks, c));
}

static bool all_token(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_token((unsigned char)text.at[i]))
            return false;
    return text.len > 0;
}

bool slice_same_word(struct slice a, const char *word)
{
    return a.len == strlen(word) && strncasecmp(a.at, word, a.len) == 0;
}

/* --- scanning: decided at the first byte that spoils the head, so that nobody waits for the rest --- */

static const struct refusal *scan_line_end(struct head_scan *scan)
{
    size_t next = scan->at + 1;
    bool empty = scan->at == scan->line + 1;

    if (!scan->fields && empty && scan->start)
        return &bad_request_line;
    if (!scan->fields && empty)
        scan->start = next;
    else if (!scan->fields)
        scan->fields = next;
    else if (empty)
        scan->whole = next;
    scan->line = next;
    return NULL;
}

static const struct refusal *scan_size(const struct head_scan *scan)
{
    if (!scan->fields)
        return scan->at - scan->start > HEAD_LINE_MOST ? &address_too_long : NULL;
    return scan->at - scan->fields > HEAD_FIELDS_BYTES ? &headers_too_large : NULL;
}

static const struct refusal *scan_byte(struct head_scan *scan, char c)
{
    if (scan->cr != (c == '\n'))
        return &bad_line_end;
    scan->cr = c == '\r';
    if (c == '\n')
        return scan_line_end(scan);
    /* A TLS hello or any other tongue is known by its first byte: methods are upper case. */
    if (scan->at == scan->start && !(c >= 'A' && c <= 'Z') && !(c == '\r' && !scan->start))
        return &bad_request_line;
    return c ? scan_size(scan) : &bad_header;
}

const struct refusal *head_scan(struct head_scan *scan, struct slice in)
{
    while (scan->at < in.len && !scan->whole) {
        const struct refusal *why = scan_byte(scan, in.at[scan->at]);

        if (why)
            return why;
        scan->at++;
    }
    return NULL;
}

/* --- parsing --- */

/* Cuts a line off; head_scan has seen that each ends in CR LF. */
static struct slice cut_line(struct slice *rest)
{
    const char *end = memchr(rest->at, '\n', rest->len);
    struct slice line = {rest->at, (size_t)(end - rest->at) - 1};

    rest->len -= line.len + 2;
    rest->at = end + 1;
    return line;
}

static bool version_shaped(struct slice text)
{
    return text.len == 8 && memcmp(text.at, "HTTP/", 5) == 0 && text.at[5] >= '0' && text.at[5] <= '9'
           && text.at[6] == '.' && text.at[7] >= '0' && text.at[7] <= '9';
}

static const struct refusal *parse_version(struct slice text, struct http_head *head)
{
    if (!version_shaped(text))
        return &bad_request_line;
    if (slice_is(text, "HTTP/1.1") || slice_is(text, "HTTP/1.0")) {
        head->minor = text.at[7] - '0';
        return NULL;
    }
    /* The HTTP/2 preface is another protocol, not a version that we lack. */
    return slice_is(head->method, "PRI") ? &bad_request_line : &version_unknown;
}

static const struct refusal *parse_request_line(struct slice line, struct http_head *head)
{
    if (!slice_cut(&line, ' ', &head->method) || !slice_cut(&line, ' ', &head->target) || !line.at)
        return &bad_request_line;
    if (!all_token(head->method) || !head->target.len)
        return &bad_request_line;
    if (head->target.len > HEAD_TARGET_MOST)
        return &address_too_long;
    return parse_version(line, head);
}

static bool value_clean(struct slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];

        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

static struct slice trim_blank(struct slice text)
{
    while (text.len && (text.at[0] == ' ' || text.at[0] == '\t')) {
        text.at++;
        text.len--;
    }
    while (text.len && (text.at[text.len - 1] == ' ' || text.at[text.len - 1] == '\t'))
        text.len--;
    return text;
}

bool field_parse(struct slice line, struct http_field *field)
{
    struct slice rest = line;

    if (!slice_cut(&rest, ':', &field->name) || !rest.at || !all_token(field->name) || !value_clean(rest))
        return false;
    field->value = trim_blank(rest);
    return true;
}

static const struct refusal *see_host(struct http_head *head, struct slice value)
{
    if (head->host.at || !value.len)
        return &bad_host;
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && !strchr(".-_:[]", c))
            return &bad_host;
    }
    head->host = value;
    return NULL;
}

/* Digits only: no sign, no list, no space inside. Longer than any body we could take: as large as can be. */
static const struct refusal *see_length(struct http_head *head, struct slice value)
{
    if (head->has_length || !value.len)
        return &bad_length;
    head->has_length = true;
    head->length = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] < '0' || value.at[i] > '9')
            return &bad_length;
        if (head->length <= UINT64_MAX / 20)
            head->length = head->length * 10 + (uint64_t)(value.at[i] - '0');
    }
    return NULL;
}

static const struct refusal *see_coding(struct http_head *head, struct slice value)
{
    if (head->chunked || !slice_same_word(value, "chunked"))
        return &bad_coding;
    head->chunked = true;
    return NULL;
}

static const struct refusal *see_connection(struct http_head *head, struct slice value)
{
    struct slice word;

    while (slice_cut(&value, ',', &word)) {
        word = trim_blank(word);
        if (slice_same_word(word, "close"))
            head->keep_alive = false;
        else if (head->minor == 0 && slice_same_word(word, "keep-alive"))
            head->keep_alive = true;
    }
    return NULL;
}

static const struct refusal *see_expect(struct http_head *head, struct slice value)
{
    if (!slice_same_word(value, "100-continue"))
        return &bad_expectation;
    head->expects = head->minor > 0;
    return NULL;
}

/* The five fields that decide where this request ends and what follows it. */
static const struct refusal *see_field(struct http_head *head, const struct http_field *field)
{
    static const struct {
        const char *name;
        const struct refusal *(*see)(struct http_head *, struct slice);
    } seen[] = {
        {"host", see_host},
        {"content-length", see_length},
        {"transfer-encoding", see_coding},
        {"connection", see_connection},
        {"expect", see_expect},
    };

    for (size_t i = 0; i < sizeof seen / sizeof seen[0]; i++)
        if (slice_same_word(field->name, seen[i].name))
            return seen[i].see(head, field->value);
    return NULL;
}

static const struct refusal *parse_fields(struct slice rest, struct http_head *head)
{
    for (;;) {
        struct slice line = cut_line(&rest);
        struct http_field *field = &head->fields[head->count];
        const struct refusal *why;

        if (!line.len)
            return NULL;
        if (line.at[0] == ' ' || line.at[0] == '\t')
            return &folded_header;
        if (head->count == HEAD_FIELDS_MOST)
            return &headers_too_large;
        if (!field_parse(line, field))
            return &bad_header;
        why = see_field(head, field);
        if (why)
            return why;
        head->count++;
    }
}

static const struct refusal *check_framing(const struct http_head *head)
{
    bool both = head->chunked && head->has_length;

#ifdef TQ_TEETH_HTTP_FRAMING
    both = false;
#endif
    if (both)
        return &length_and_coding;
    if (head->chunked && head->minor == 0)
        return &bad_coding;
    return head->host.at ? NULL : &bad_host;
}

static const struct refusal *check_method(struct slice method)
{
    static const char *const ours[] = {"GET", "HEAD", "POST", "PUT", "DELETE"};
    static const char *const others[] = {"OPTIONS", "PATCH", "TRACE", "CONNECT"};

    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        if (slice_is(method, ours[i]))
            return NULL;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (slice_is(method, others[i]))
            return &method_not_allowed;
    return &method_unknown;
}

const struct refusal *head_parse(struct slice bytes, struct http_head *head)
{
    const struct refusal *why;

    head->count = 0;
    head->host = (struct slice){NULL, 0};
    head->has_length = head->chunked = head->expects = false;
    head->length = 0;
    why = parse_request_line(cut_line(&bytes), head);
    if (why)
        return why;
    head->keep_alive = head->minor > 0;
    why = parse_fields(bytes, head);
    if (!why)
        why = check_framing(head);
    return why ? why : check_method(head->method);
}
