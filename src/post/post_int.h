/* What questions and letters share: open connections, and when to leave off. */
#ifndef TQ_POST_POST_INT_H
#define TQ_POST_POST_INT_H

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "post/post.h"

enum { POST_HANDLES = 8 };

struct post {
    atomic_bool stopping;
    pthread_mutex_t mutex; /* guards the handles: they keep their connections open */
    CURL *handles[POST_HANDLES];
    size_t handle_count;
};

CURL *post_handle_take(struct post *post);
void post_handle_give(struct post *post, CURL *handle);

/* For CURLOPT_XFERINFOFUNCTION, arg the post. Not 0: leave off. curl asks about once a second, and oftener while bytes come. */
int post_go_on(void *arg, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up);

/* scheme: "http://". Is the host this machine? */
bool post_is_local(const char *url, const char *scheme);

#endif
