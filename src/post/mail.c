/* E-mail: one letter a call, over SMTP (RFC 5321, 5322), plain text in UTF-8. */
#include "post/post_int.h"

#include <stdio.h>

#include "base/clock.h"
#include "seal/sign.h"

enum { ADDRESS_MOST = 120, CONNECT_MS = 5000, WORD_BYTES = 45 /* of an encoded word: 60 characters of base64, RFC 2047 §2 */, LINE_BYTES = 57 };

bool post_mail_server(const char *url)
{
    return strncmp(url, "smtp://", 7) == 0 || strncmp(url, "smtps://", 8) == 0;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool post_mail_address(struct slice address)
{
    size_t at = 0, dot = 0;

    for (size_t i = 0; i < address.len; i++) {
        char c = address.at[i];

        if (!is_letter(c) && !strchr(at ? ".-@" : "._+-@", c))
            return false;
        if (c == '@') {
            if (at || i == 0 || address.at[i - 1] == '.')
                return false;
            at = i;
        }
        if (at && c == '.')
            dot = i;
    }
    return address.len <= ADDRESS_MOST && at && dot > at + 1 && dot + 1 < address.len && is_letter(address.at[at + 1])
           && address.at[0] != '.' && address.at[0] != '-';
}

/* --- the letter --- */

/* Encoded words, each of whole characters. */
static void subject_add(struct text *out, struct slice subject)
{
    text_puts(out, "Subject:");
    for (size_t from = 0, to; from < subject.len; from = to) {
        to = from + WORD_BYTES < subject.len ? from + WORD_BYTES : subject.len;
        while (to < subject.len && to > from + 1 && ((unsigned char)subject.at[to] & 0xC0) == 0x80)
            to--;
        text_puts(out, from ? "\r\n =?UTF-8?B?" : " =?UTF-8?B?");
        seal_base64(subject.at + from, to - from, out);
        text_puts(out, "?=");
    }
    text_puts(out, "\r\n");
}

static void body_add(struct text *out, struct slice body)
{
    struct text lines;

    text_init(&lines);
    for (size_t i = 0; i < body.len; i++) {
        if (body.at[i] == '\n')
            text_putc(&lines, '\r');
        text_putc(&lines, body.at[i]);
    }
    for (size_t i = 0; i < lines.len; i += LINE_BYTES) {
        seal_base64(lines.at + i, lines.len - i < LINE_BYTES ? lines.len - i : LINE_BYTES, out);
        text_puts(out, "\r\n");
    }
    text_release(&lines);
}

/* "Fri, 13 Mar 2026 10:00:00 +0800" */
static void date_add(struct text *out, int64_t ms)
{
    static const char *const weekdays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int32_t day = day_of_ms(ms);
    int64_t second = (ms / 1000 + 8 * 3600) % 86400;
    int year, month, of_month;

    day_to_ymd(day, &year, &month, &of_month);
    text_print(out, "Date: %s, %d %s %d %02lld:%02lld:%02lld +0800\r\n", weekdays[(day % 7 + 7) % 7], of_month, months[month - 1], year,
               (long long)(second / 3600), (long long)(second / 60 % 60), (long long)(second % 60));
}

static void letter_write(const struct post_letter *letter, struct text *out)
{
    const char *host = strchr(letter->from, '@');

    date_add(out, letter->time_ms);
    text_print(out, "From: <%s>\r\nTo: <%s>\r\nMessage-ID: <%s%s>\r\n", letter->from, letter->to, letter->id, host ? host : "@localhost");
    subject_add(out, slice_of(letter->subject));
    text_puts(out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: base64\r\n\r\n");
    body_add(out, letter->text);
}

/* --- sending --- */

struct sending {
    struct slice rest;
};

static size_t give_bytes(char *to, size_t one, size_t count, void *arg)
{
    struct sending *sending = arg;
    size_t len = one * count < sending->rest.len ? one * count : sending->rest.len;

    memcpy(to, sending->rest.at, len);
    sending->rest.at += len;
    sending->rest.len -= len;
    return len;
}

static void set_up(CURL *handle, struct post *post, const struct post_letter *letter, struct curl_slist *to, struct sending *sending)
{
    bool local = post_is_local(letter->url, "smtp://");

    curl_easy_reset(handle);
    curl_easy_setopt(handle, CURLOPT_URL, letter->url);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle, CURLOPT_USE_SSL, (long)(local ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, (long)letter->timeout_ms);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, (long)(letter->timeout_ms < CONNECT_MS ? letter->timeout_ms : CONNECT_MS));
    if (letter->user) {
        curl_easy_setopt(handle, CURLOPT_USERNAME, letter->user);
        curl_easy_setopt(handle, CURLOPT_PASSWORD, letter->password ? letter->password : "");
    }
    curl_easy_setopt(handle, CURLOPT_MAIL_FROM, letter->from);
    curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, give_bytes);
    curl_easy_setopt(handle, CURLOPT_READDATA, sending);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, post_go_on);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, post);
}

bool post_mail(struct post *post, const struct post_letter *letter, bool *refused, char why[200])
{
    struct curl_slist *to = curl_slist_append(NULL, letter->to);
    struct sending sending;
    struct text text;
    long status = 0;
    CURLcode code;
    CURL *handle;

    if (!to)
        abort();
    text_init(&text);
    letter_write(letter, &text);
    sending.rest = text_slice(&text);
    handle = post_handle_take(post);
    set_up(handle, post, letter, to, &sending);
    code = curl_easy_perform(handle);
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    *refused = code != CURLE_OK && status >= 550 && status < 560;
    why[0] = '\0';
    if (code != CURLE_OK)
        snprintf(why, 200, code == CURLE_OPERATION_TIMEDOUT ? "邮件服务器没有在时限内应答" : "邮件服务器：%s(%ld)", curl_easy_strerror(code), status);
    curl_easy_reset(handle); /* the handle forgets the password */
    post_handle_give(post, handle);
    curl_slist_free_all(to);
    text_release(&text);
    return code == CURLE_OK;
}
