/* What an answer looks like on the wire. Runs on the thread that answers, but for the gate's own answers. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/http/http_int.h"

const struct refusal refuse_broken = {500, "internal", {"系统内部出错，已记录", "请稍后再试；若一直如此，请告诉平台管理员"},
                                      {"Something failed inside; it is noted down",
                                       "Please try again later; if it stays so, please tell the platform's administrator"}};
const struct refusal refuse_no_file = {404, "missing", {"没有这个文件", "请刷新页面再试"},
                                       {"There is no such file", "Please reload the page and try again"}};

static const char *reason(int status)
{
    static const struct {
        int status;
        const char *reason;
    } known[] = {
        {200, "OK"},           {201, "Created"},         {202, "Accepted"},
        {204, "No Content"},   {301, "Moved Permanently"}, {302, "Found"},
        {303, "See Other"},    {304, "Not Modified"},    {307, "Temporary Redirect"},
        {308, "Permanent Redirect"}, {400, "Bad Request"}, {401, "Unauthorized"},
        {403, "Forbidden"},    {404, "Not Found"},       {405, "Method Not Allowed"},
        {408, "Request Timeout"}, {409, "Conflict"},     {410, "Gone"},
        {413, "Content Too Large"}, {414, "URI Too Long"}, {415, "Unsupported Media Type"},
        {417, "Expectation Failed"}, {422, "Unprocessable Content"}, {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"}, {500, "Internal Server Error"}, {501, "Not Implemented"},
        {503, "Service Unavailable"}, {505, "HTTP Version Not Supported"}, {507, "Insufficient Storage"},
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].status == status)
            return known[i].reason;
    return "";
}

/* RFC 9110 §5.6.7, made once a second a thread. */
static struct slice date_now(void)
{
    static _Thread_local struct {
        time_t made;
        char text[40];
        size_t len;
    } cache;
    time_t now = time(NULL);

    if (now != cache.made || !cache.len) {
        time_t shown = (time_t)(clock_ms() / 1000);
        struct tm parts;

        gmtime_r(&shown, &parts);
        cache.len = strftime(cache.text, sizeof cache.text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
        cache.made = now;
    }
    return (struct slice){cache.text, cache.len};
}

static void put_digits(struct text *out, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    text_add(out, digits + at, sizeof digits - at);
}

static void put_start(struct exchange *ex, int status)
{
    struct text *out = &ex->out;

    text_clear(out);
    text_add_slice(out, SLICE("HTTP/1.1 "));
    put_digits(out, (uint64_t)status);
    text_putc(out, ' ');
    text_puts(out, reason(status));
    text_add_slice(out, SLICE("\r\nDate: "));
    text_add_slice(out, date_now());
    if (ex->close)
        text_add_slice(out, SLICE("\r\nConnection: close"));
    else if (ex->head.minor == 0)
        text_add_slice(out, SLICE("\r\nConnection: keep-alive"));
    text_add_slice(out, SLICE("\r\n"));
}

static void put_type(struct text *out, struct slice type)
{
    if (!type.len)
        return;
    text_add_slice(out, SLICE("Content-Type: "));
    text_add_slice(out, type);
    text_add_slice(out, SLICE("\r\n"));
}

static void put_body_fields(struct text *out, struct slice type, uint64_t length)
{
    put_type(out, type);
    text_add_slice(out, SLICE("Content-Length: "));
    put_digits(out, length);
    text_add_slice(out, SLICE("\r\n"));
}

static bool without_body(int status)
{
    return status == 204 || status == 304;
}

/* --- the gate's own --- */

static uint64_t next_id(struct http_server *server)
{
    uint64_t z = atomic_fetch_add(&server->ids, 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void reply_refuse(struct exchange *ex, const struct refusal *why, bool closing)
{
    const struct told *told = slice_is(http_cookie(&ex->pub, "lang"), "en") ? &why->english : &why->chinese;
    char body[640];
    int len;

    ex->id = next_id(ex->conn->loop->server);
    len = snprintf(body, sizeof body, "{\"code\":\"%s\",\"message\":\"%s\"%s%s%s,\"request_id\":\"%016llx\"}\n", why->code,
                   told->message, told->hint ? ",\"hint\":\"" : "", told->hint ? told->hint : "", told->hint ? "\"" : "",
                   (unsigned long long)ex->id);
    assert(len > 0 && (size_t)len < sizeof body && ex->file < 0);
    ex->close = closing;
    ex->tail = SLICE("");
    put_start(ex, why->status);
    put_body_fields(&ex->out, SLICE("application/json; charset=utf-8"), (uint64_t)len);
    text_puts(&ex->out, "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
    if (why->status == 503)
        text_puts(&ex->out, "Retry-After: 1\r\n");
    if (why->status == 405)
        text_puts(&ex->out, "Allow: GET, HEAD, POST, PUT, DELETE\r\n");
    text_puts(&ex->out, "\r\n");
    if (!slice_is(ex->head.method, "HEAD"))
        text_add(&ex->out, body, (size_t)len);
}

/* --- the handler's --- */

/* Header lines that the room may not set: they would contradict ours. */
static bool is_ours(struct slice name)
{
    return slice_same_word(name, "content-length") || slice_same_word(name, "transfer-encoding")
           || slice_same_word(name, "connection") || slice_same_word(name, "date");
}

static bool lines_sound(struct slice rest)
{
    struct slice line;

    while (rest.len) {
        struct http_field field;

        if (!slice_cut(&rest, '\n', &line) || !rest.at || !line.len || line.at[line.len - 1] != '\r')
            return false;
        line.len--;
        if (!field_parse(line, &field) || is_ours(field.name))
            return false;
    }
    return true;
}

/* Whatever was put together from somebody's text must not become a second header or a second answer. */
static bool answer_sound(const struct http_exchange *pub)
{
    return pub->status >= 200 && pub->status <= 599 && lines_sound(pub->reply_headers)
           && !(pub->reply_type.len && memchr(pub->reply_type.at, '\r', pub->reply_type.len))
           && !(pub->reply_type.len && memchr(pub->reply_type.at, '\n', pub->reply_type.len));
}

/* A small file becomes the reply; a large one stays open for sendfile. */
static bool open_file(struct exchange *ex)
{
    struct text *reply = &ex->pub.reply;
    struct stat about;
    int file = open(ex->pub.reply_file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = -1;

    if (file < 0)
        return false;
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(file);
        return false;
    }
    text_clear(reply);
    ex->file_at = 0;
    ex->file_end = about.st_size;
    if (about.st_size > HTTP_FILE_COPIED) {
        ex->file = file;
        return true;
    }
    n = pread(file, text_reserve(reply, (size_t)about.st_size), (size_t)about.st_size, 0);
    close(file);
    if (n != about.st_size)
        return false;
    reply->len = (size_t)n;
    return true;
}

static void leave_body_out(struct exchange *ex)
{
    ex->tail = SLICE("");
    if (ex->file >= 0)
        close(ex->file);
    ex->file = -1;
}

static void put_head(struct exchange *ex)
{
    struct http_exchange *pub = &ex->pub;
    uint64_t length = ex->file >= 0 ? (uint64_t)ex->file_end : pub->reply.len;
    struct slice type = pub->reply_type.len || !length ? pub->reply_type : SLICE("text/html; charset=utf-8");

    put_start(ex, pub->status);
    if (!without_body(pub->status))
        put_body_fields(&ex->out, type, length);
    text_add_slice(&ex->out, pub->reply_headers);
    text_add_slice(&ex->out, SLICE("\r\n"));
}

static void prepare(struct exchange *ex)
{
    struct http_exchange *pub = &ex->pub;

    if (atomic_load(&ex->conn->loop->server->stopping))
        ex->close = true;
    if (!answer_sound(pub)) {
        log_error("http: answer %d to %s refused: a header line is not one line", pub->status, pub->method);
        reply_refuse(ex, &refuse_broken, ex->close);
        return;
    }
    if (pub->reply_file && !without_body(pub->status) && !open_file(ex)) {
        reply_refuse(ex, &refuse_no_file, ex->close);
        return;
    }
    put_head(ex);
    ex->tail = text_slice(&pub->reply);
    if (ex->file >= 0)
        ex->tail = SLICE("");
    if (without_body(pub->status) || strcmp(pub->method, "HEAD") == 0)
        leave_body_out(ex);
}

void reply_prepare(struct exchange *ex)
{
    prepare(ex);
    if (ex->pub.reply_file && ex->pub.reply_file_once && unlink(ex->pub.reply_file) != 0)
        log_warn("http: %s: %s", ex->pub.reply_file, strerror(errno));
}

/* No length: the end of the connection is its end. To HEAD the same head, and the connection stays. */
bool reply_stream(struct exchange *ex)
{
    struct http_exchange *pub = &ex->pub;
    bool head = strcmp(pub->method, "HEAD") == 0;

    ex->close = ex->close || !head;
    if (!answer_sound(pub)) {
        log_error("http: stream to %s refused: a header line is not one line", pub->method);
        reply_refuse(ex, &refuse_broken, ex->close);
        return false;
    }
    put_start(ex, pub->status);
    put_type(&ex->out, pub->reply_type);
    text_add_slice(&ex->out, pub->reply_headers);
    text_add_slice(&ex->out, SLICE("\r\n"));
    ex->tail = head ? SLICE("") : text_slice(&pub->reply);
    return !head;
}

void http_answer(struct http_exchange *exchange)
{
    struct exchange *ex = (struct exchange *)exchange;
    bool already = atomic_exchange(&ex->answered, true);
    struct http_server *server;

    (void)already;
#ifndef TQ_TEETH_HTTP_ONCE
    assert(!already);
#endif
    server = ex->conn->loop->server;
    reply_prepare(ex);
    loop_post(ex->conn->loop, ex);
    atomic_fetch_sub(&server->in_flight, 1); /* the last touch: http_stop frees only after it */
}

static bool one_line(struct slice text)
{
    return !text.len || (!memchr(text.at, '\r', text.len) && !memchr(text.at, '\n', text.len)
                         && !memchr(text.at, '\0', text.len));
}

void http_reply_header(struct http_exchange *exchange, const char *name, struct slice value)
{
    struct exchange *ex = (struct exchange *)exchange;
    struct slice before = exchange->reply_headers;

    assert(one_line(slice_of(name)) && one_line(value));
    if (before.at != ex->extra.at) {
        text_clear(&ex->extra);
        text_add_slice(&ex->extra, before);
    }
    text_puts(&ex->extra, name);
    text_add_slice(&ex->extra, SLICE(": "));
    text_add_slice(&ex->extra, value);
    text_add_slice(&ex->extra, SLICE("\r\n"));
    exchange->reply_headers = text_slice(&ex->extra);
}
