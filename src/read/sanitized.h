/* TQ_SANITIZED: built with the address sanitizer, which needs more memory and calls than the lock-up leaves. */
#ifndef TQ_READ_SANITIZED_H
#define TQ_READ_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__)
#define TQ_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TQ_SANITIZED 1
#endif
#endif

#ifndef TQ_SANITIZED
#define TQ_SANITIZED 0
#endif

#endif
