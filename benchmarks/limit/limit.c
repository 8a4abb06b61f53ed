/*
 * The limit: as little as a program can do that relays WebSocket text between the members of a room.
 *
 * One thread, one epoll. The path of the handshake names the room; every text frame goes to all members of the room,
 * its sender included. Frames that arrive in one turn of the loop leave together, one send for each member (with -1:
 * one send for each frame and member). No permissions, no heart-beats, no history; it is only there to be compared with.
 *
 *     cc -O2 -o limit limit.c && ./limit [-1] PORT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUCKETS 65536
#define EVENTS 1024
#define INPUT (256 * 1024)

struct buffer { char *bytes; size_t length, capacity; };

struct client {
    int fd, open;
    struct room *room;
    struct buffer in, unsent;
};

struct room {
    char name[64];
    struct client **members;
    size_t count, capacity;
    struct buffer out;
    struct room *next, *next_dirty;
    int dirty;
};

static struct room *rooms[BUCKETS], *dirty;
static int poll_fd, one_by_one;
static char input[INPUT];

static void *checked(void *memory) {
    if (!memory) { perror("memory"); exit(1); }
    return memory;
}

static void append(struct buffer *to, const void *bytes, size_t length) {
    if (to->length + length > to->capacity) {
        to->capacity = (to->length + length) * 2;
        to->bytes = checked(realloc(to->bytes, to->capacity));
    }
    memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

static void drop(struct buffer *from, size_t length) {
    from->length -= length;
    if (from->length) {
        memmove(from->bytes, from->bytes + length, from->length);
    } else {
        free(from->bytes);
        memset(from, 0, sizeof *from);
    }
}

/* SHA-1 (FIPS 180-4) of at most 119 bytes: the handshake needs it once. */
static uint32_t turned(uint32_t x, int n) { return x << n | x >> (32 - n); }

static void sha1(const char *text, size_t length, unsigned char digest[20]) {
    unsigned char block[128] = {0};
    uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0}, w[80];
    size_t size = length > 55 ? 128 : 64;
    memcpy(block, text, length);
    block[length] = 0x80;
    block[size - 2] = (unsigned char)(length * 8 >> 8);
    block[size - 1] = (unsigned char)(length * 8);
    for (size_t at = 0; at < size; at += 64) {
        for (int i = 0; i < 16; i++) {
            const unsigned char *p = block + at + 4 * i;
            w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
        }
        for (int i = 16; i < 80; i++) w[i] = turned(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
        uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
        for (int i = 0; i < 80; i++) {
            uint32_t f, k;
            if (i < 20) { f = (b & c) | (~b & d); k = 0x5A827999; }
            else if (i < 40) { f = b ^ c ^ d; k = 0x6ED9EBA1; }
            else if (i < 60) { f = (b & c) | (b & d) | (c & d); k = 0x8F1BBCDC; }
            else { f = b ^ c ^ d; k = 0xCA62C1D6; }
            uint32_t t = turned(a, 5) + f + e + k + w[i];
            e = d; d = c; c = turned(b, 30); b = a; a = t;
        }
        h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e;
    }
    for (int i = 0; i < 20; i++) digest[i] = (unsigned char)(h[i / 4] >> (24 - i % 4 * 8));
}

static void base64(const unsigned char *from, size_t length, char *to) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        uint32_t v = (uint32_t)from[i] << 16 | (i + 1 < length ? from[i + 1] << 8 : 0) | (i + 2 < length ? from[i + 2] : 0);
        *to++ = digits[v >> 18];
        *to++ = digits[v >> 12 & 63];
        *to++ = i + 1 < length ? digits[v >> 6 & 63] : '=';
        *to++ = i + 2 < length ? digits[v & 63] : '=';
    }
    *to = 0;
}

static struct room *find_room(const char *name) {
    uint32_t hash = 2166136261u;
    for (const char *c = name; *c; c++) hash = (hash ^ (unsigned char)*c) * 16777619u;
    struct room **bucket = &rooms[hash % BUCKETS], *room;
    for (room = *bucket; room; room = room->next)
        if (!strcmp(room->name, name)) return room;
    room = checked(calloc(1, sizeof *room));
    snprintf(room->name, sizeof room->name, "%s", name);
    room->next = *bucket;
    return *bucket = room;
}

static void join(struct client *client, const char *name) {
    struct room *room = find_room(name);
    if (room->count == room->capacity) {
        room->capacity = room->capacity ? room->capacity * 2 : 8;
        room->members = checked(realloc(room->members, room->capacity * sizeof *room->members));
    }
    room->members[room->count++] = client;
    client->room = room;
}

static void leave(struct client *client) {
    struct room *room = client->room;
    if (room)
        for (size_t i = 0; i < room->count; i++)
            if (room->members[i] == client) { room->members[i] = room->members[--room->count]; break; }
    close(client->fd);
    free(client->in.bytes);
    free(client->unsent.bytes);
    free(client);
}

static void watch(struct client *client, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = client};
    epoll_ctl(poll_fd, EPOLL_CTL_MOD, client->fd, &event);
}

static void give(struct client *client, const char *bytes, size_t length) {
    if (!client->unsent.length) {
        ssize_t sent = send(client->fd, bytes, length, MSG_NOSIGNAL);
        if (sent == (ssize_t)length) return;
        if (sent < 0 && errno != EAGAIN) return;
        if (sent > 0) { bytes += sent; length -= (size_t)sent; }
        watch(client, EPOLLIN | EPOLLOUT);
    }
    append(&client->unsent, bytes, length);
}

static void give_unsent(struct client *client) {
    ssize_t sent = send(client->fd, client->unsent.bytes, client->unsent.length, MSG_NOSIGNAL);
    if (sent > 0) drop(&client->unsent, (size_t)sent);
    if (!client->unsent.length) watch(client, EPOLLIN);
}

static void give_room(struct room *room) {
    for (size_t i = 0; i < room->count; i++) {
        if (!one_by_one) {
            give(room->members[i], room->out.bytes, room->out.length);
            continue;
        }
        for (size_t at = 0; at < room->out.length;) {
            unsigned char *frame = (unsigned char *)room->out.bytes + at;
            size_t size = frame[1] < 126 ? 2u + frame[1] : 4u + (frame[2] << 8 | frame[3]);
            give(room->members[i], (char *)frame, size);
            at += size;
        }
    }
    room->out.length = 0;
    room->dirty = 0;
}

static void publish(struct room *room, const char *text, size_t length) {
    unsigned char head[4] = {0x81, (unsigned char)length};
    size_t size = 2;
    if (length > 125) { head[1] = 126; head[2] = (unsigned char)(length >> 8); head[3] = (unsigned char)length; size = 4; }
    append(&room->out, head, size);
    append(&room->out, text, length);
    if (!room->dirty) { room->dirty = 1; room->next_dirty = dirty; dirty = room; }
}

/* Answers the handshake if it is whole; returns how many bytes it took, or -1. */
static ssize_t shake_hands(struct client *client, char *bytes, size_t length) {
    char *end = memmem(bytes, length, "\r\n\r\n", 4), *key, name[64] = "", text[128], accept[32], answer[256];
    unsigned char digest[20];
    if (!end) return length > 8192 ? -1 : 0;
    *end = 0;
    key = strcasestr(bytes, "\r\nsec-websocket-key:");
    if (sscanf(bytes, "GET %63s", name) != 1 || !key) return -1;
    key += 20;
    key += strspn(key, " ");
    snprintf(text, sizeof text, "%.24s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
    sha1(text, strlen(text), digest);
    base64(digest, sizeof digest, accept);
    int size = snprintf(answer, sizeof answer,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", accept);
    give(client, answer, (size_t)size);
    join(client, name);
    client->open = 1;
    return end + 4 - bytes;
}

/* Takes one frame if it is whole; returns how many bytes it took, or -1. Frames are whole text messages of up to 64 KiB. */
static ssize_t take_frame(struct client *client, char *bytes, size_t length) {
    unsigned char *head = (unsigned char *)bytes, *mask;
    if (length < 2) return 0;
    size_t size = head[1] & 127, at = 2;
    if (!(head[1] & 128) || size == 127 || (head[0] & 15) == 8) return -1;
    if (size == 126) {
        if (length < 4) return 0;
        size = (size_t)head[2] << 8 | head[3];
        at = 4;
    }
    if (length < at + 4 + size) return 0;
    mask = head + at;
    at += 4;
    uint32_t key;
    memcpy(&key, mask, 4);
    size_t i = 0;
    for (; i + 4 <= size; i += 4) {
        uint32_t word;
        memcpy(&word, bytes + at + i, 4);
        word ^= key;
        memcpy(bytes + at + i, &word, 4);
    }
    for (; i < size; i++) bytes[at + i] ^= (char)mask[i % 4];
    if ((head[0] & 15) == 1) publish(client->room, bytes + at, size);
    return (ssize_t)(at + size);
}

/* Returns whether the client stays. */
static int take(struct client *client) {
    ssize_t got = recv(client->fd, input, sizeof input, 0);
    if (got <= 0) return got < 0 && errno == EAGAIN;
    char *bytes = input;
    size_t length = (size_t)got;
    int kept = client->in.length > 0;
    if (kept) {
        append(&client->in, input, length);
        bytes = client->in.bytes;
        length = client->in.length;
    }
    size_t at = 0;
    while (at < length) {
        ssize_t taken = client->open ? take_frame(client, bytes + at, length - at) : shake_hands(client, bytes + at, length - at);
        if (taken < 0) return 0;
        if (!taken) break;
        at += (size_t)taken;
    }
    if (kept) drop(&client->in, at);
    else if (at < length) append(&client->in, bytes + at, length - at);
    return 1;
}

static void accept_all(int listener) {
    int fd, yes = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct client *client = checked(calloc(1, sizeof *client));
        client->fd = fd;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
        epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event);
    }
}

static int listen_at(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 4096)) { perror("listen"); exit(1); }
    return fd;
}

int main(int count, char **words) {
    one_by_one = count > 2 && !strcmp(words[1], "-1");
    if (count < 2) { fprintf(stderr, "usage: limit [-1] PORT\n"); return 2; }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    int listener = listen_at(atoi(words[count - 1]));
    poll_fd = epoll_create1(0);
    struct epoll_event events[EVENTS], listening = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, listener, &listening);
    for (;;) {
        int ready = epoll_wait(poll_fd, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            struct client *client = events[i].data.ptr;
            if (!client) { accept_all(listener); continue; }
            int stays = !(events[i].events & (EPOLLERR | EPOLLHUP));
            if (stays && events[i].events & EPOLLOUT) give_unsent(client);
            if (stays && events[i].events & EPOLLIN) stays = take(client);
            if (!stays) leave(client);
        }
        while (dirty) {
            struct room *room = dirty;
            dirty = room->next_dirty;
            give_room(room);
        }
    }
}
