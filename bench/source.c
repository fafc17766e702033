/*
 * The paced source of the capture bench, and the counter of what came of it.
 *
 *   source serve SAMPLE.flv SECONDS     plays SECONDS of the looped sample to every connection
 *   source count FILE.flv...            prints "VIDEO AUDIO" frames of the files together
 *
 * serve prints "PORT VIDEO AUDIO BYTES" once it listens on a free port of loopback. Each connection starts at the
 * beginning and is sent the same bytes at a constant rate, a burst each 20 ms; after the last one it is closed (FIN), and
 * its path answers 404 from then on, as a room that went offline. Ends on SIGTERM.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BURST_MS = 20, MAX_CLIENTS = 1024, MAX_ENDED = 8192, REQUEST_BYTES = 4096, PATH_BYTES = 128, TAG_HEAD = 11 };
enum { AUDIO = 8, VIDEO = 9 };

static void die(const char *what) {
  fprintf(stderr, "source: %s: %s\n", what, errno ? strerror(errno) : "not what was expected");
  exit(1);
}

/* ---- FLV ---------------------------------------------------------------------------------------------------------- */

typedef struct { const uint8_t *bytes; size_t length; } Blob;
typedef struct { long video, audio; } Frames;

static Blob load(const char *path) {
  int fd = open(path, O_RDONLY);
  struct stat info;
  if (fd < 0 || fstat(fd, &info) != 0) die(path);
  Blob blob = {NULL, (size_t)info.st_size};
  if (blob.length == 0) { close(fd); return blob; }
  blob.bytes = mmap(NULL, blob.length, PROT_READ, MAP_PRIVATE, fd, 0);
  if (blob.bytes == MAP_FAILED) die(path);
  close(fd);
  return blob;
}

static uint32_t tag_size(const uint8_t *tag) { return (uint32_t)tag[1] << 16 | (uint32_t)tag[2] << 8 | tag[3]; }

static uint32_t tag_time(const uint8_t *tag) {
  return (uint32_t)tag[7] << 24 | (uint32_t)tag[4] << 16 | (uint32_t)tag[5] << 8 | tag[6];
}

/* The next whole tag at *at, or NULL; moves *at behind it. */
static const uint8_t *next_tag(Blob flv, size_t *at) {
  if (*at + TAG_HEAD + 4 > flv.length) return NULL;
  const uint8_t *tag = flv.bytes + *at;
  size_t whole = TAG_HEAD + tag_size(tag) + 4;
  if (*at + whole > flv.length) return NULL;
  *at += whole;
  return tag;
}

/* A frame of H.264 or AAC, not a configuration and not the end mark that ffmpeg writes. */
static int is_frame(const uint8_t *tag) {
  return (tag[0] == AUDIO || tag[0] == VIDEO) && tag_size(tag) > 1 && tag[TAG_HEAD + 1] == 1;
}

/* Counted from the first picture on, with which a recording begins: sound before it belongs to no picture. */
static void count_frame(Frames *frames, const uint8_t *tag) {
  if (!is_frame(tag) || (tag[0] == AUDIO && frames->video == 0)) return;
  if (tag[0] == VIDEO) frames->video++; else frames->audio++;
}

static size_t first_tag(Blob flv, const char *path) {
  errno = 0;
  if (flv.length < 13 || memcmp(flv.bytes, "FLV\1", 4) != 0) die(path);
  return 13;
}

static int count_files(int files, char **paths) {
  Frames frames = {0, 0};
  for (int i = 0; i < files; i++) {
    Blob flv = load(paths[i]);
    if (flv.length == 0) continue;
    size_t at = first_tag(flv, paths[i]);
    Frames file = {0, 0};
    for (const uint8_t *tag; (tag = next_tag(flv, &at)) != NULL;) count_frame(&file, tag);
    frames.video += file.video, frames.audio += file.audio;
    munmap((void *)flv.bytes, flv.length);
  }
  printf("%ld %ld\n", frames.video, frames.audio);
  return 0;
}

/* ---- the time line that every connection is sent --------------------------------------------------------------------- */

typedef struct { int fd; size_t bytes; Frames frames; uint32_t millis; } Timeline;

static void put(Timeline *line, const uint8_t *bytes, size_t length) {
  while (length > 0) {
    ssize_t n = write(line->fd, bytes, length);
    if (n < 0) die("memory file");
    bytes += n, length -= (size_t)n, line->bytes += (size_t)n;
  }
}

static void put_tag(Timeline *line, const uint8_t *tag, uint32_t time) {
  uint8_t head[TAG_HEAD];
  memcpy(head, tag, TAG_HEAD);
  head[4] = (uint8_t)(time >> 16), head[5] = (uint8_t)(time >> 8), head[6] = (uint8_t)time, head[7] = (uint8_t)(time >> 24);
  put(line, head, TAG_HEAD);
  put(line, tag + TAG_HEAD, tag_size(tag) + 4);
  count_frame(&line->frames, tag);
}

/* How far the times of the sample reach: the last time of each track and one step more, the longer of the two. */
static uint32_t sample_millis(Blob flv, size_t at) {
  uint32_t last[256] = {0}, step[256] = {0};
  for (const uint8_t *tag; (tag = next_tag(flv, &at)) != NULL;) {
    if (!is_frame(tag)) continue;
    step[tag[0]] = tag_time(tag) - last[tag[0]];
    last[tag[0]] = tag_time(tag);
  }
  uint32_t video = last[VIDEO] + step[VIDEO], audio = last[AUDIO] + step[AUDIO];
  return video > audio ? video : audio;
}

/* Header and configuration once, then the frames of the sample again and again with rising times. */
static Timeline render(const char *path, uint32_t seconds) {
  Blob flv = load(path);
  size_t start = first_tag(flv, path), at = start;
  Timeline line = {memfd_create("timeline", MFD_CLOEXEC), 0, {0, 0}, seconds * 1000};
  if (line.fd < 0) die("memory file");
  uint32_t loop = sample_millis(flv, start);
  if (loop == 0) die("the sample has no frames");
  put(&line, flv.bytes, start);
  for (const uint8_t *tag; (tag = next_tag(flv, &at)) != NULL;) {
    if (!is_frame(tag)) put_tag(&line, tag, 0);
  }
  for (uint32_t offset = 0; offset < line.millis; offset += loop) {
    at = start;
    for (const uint8_t *tag; (tag = next_tag(flv, &at)) != NULL;) {
      if (is_frame(tag) && offset + tag_time(tag) < line.millis) put_tag(&line, tag, offset + tag_time(tag));
    }
  }
  return line;
}

/* ---- server ------------------------------------------------------------------------------------------------------------ */

typedef struct {
  int fd; /* -1: free */
  int playing;
  size_t have;
  char request[REQUEST_BYTES];
  char path[PATH_BYTES];
  int64_t started;
  off_t sent;
} Client;

static Client clients[MAX_CLIENTS];
static char ended[MAX_ENDED][PATH_BYTES];
static int ended_count;
static volatile sig_atomic_t stopping;

static void stop(int signal_number) { (void)signal_number; stopping = 1; }

static int64_t now_millis(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void hang_up(Client *client) { close(client->fd); client->fd = -1; }

static int has_ended(const char *path) {
  for (int i = 0; i < ended_count; i++) if (strcmp(ended[i], path) == 0) return 1;
  return 0;
}

static void answer(Client *client) {
  static const char live[] = "HTTP/1.1 200 OK\r\nContent-Type: video/x-flv\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
  static const char gone[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  if (sscanf(client->request, "GET %127s", client->path) != 1 || has_ended(client->path)) {
    if (write(client->fd, gone, sizeof gone - 1) < 0) perror("source: answer");
    hang_up(client);
    return;
  }
  if (write(client->fd, live, sizeof live - 1) != (ssize_t)sizeof live - 1) { hang_up(client); return; }
  client->playing = 1, client->started = now_millis(), client->sent = 0;
}

static void read_request(Client *client) {
  ssize_t n = read(client->fd, client->request + client->have, REQUEST_BYTES - 1 - client->have);
  if (n <= 0 && (n == 0 || errno != EAGAIN)) { hang_up(client); return; }
  if (client->playing || n < 0) { client->have = 0; return; }
  client->have += (size_t)n;
  client->request[client->have] = 0;
  if (strstr(client->request, "\r\n\r\n")) { client->have = 0; answer(client); }
  else if (client->have == REQUEST_BYTES - 1) hang_up(client);
}

/* Sends what is due by now; what the socket does not take is due again at the next burst. */
static void burst(Client *client, const Timeline *line, int64_t now) {
  int64_t elapsed = now - client->started;
  size_t due = elapsed >= line->millis ? line->bytes : (size_t)((double)line->bytes * (double)elapsed / line->millis);
  while ((size_t)client->sent < due) {
    ssize_t n = sendfile(client->fd, line->fd, &client->sent, due - (size_t)client->sent);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) { hang_up(client); return; }
  }
  if ((size_t)client->sent < line->bytes) return;
  if (ended_count < MAX_ENDED) strcpy(ended[ended_count++], client->path);
  hang_up(client);
}

static void accept_all(int listener, int poll) {
  for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
    int slot = 0;
    while (slot < MAX_CLIENTS && clients[slot].fd >= 0) slot++;
    if (slot == MAX_CLIENTS) { close(fd); continue; }
    memset(&clients[slot], 0, sizeof clients[slot]);
    clients[slot].fd = fd;
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)slot};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event) != 0) hang_up(&clients[slot]);
  }
}

static int listen_on_loopback(uint16_t *port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, MAX_CLIENTS) != 0) die("listen");
  if (getsockname(fd, (struct sockaddr *)&address, &length) != 0) die("listen");
  *port = ntohs(address.sin_port);
  return fd;
}

static int serve(const char *sample, uint32_t seconds) {
  Timeline line = render(sample, seconds);
  uint16_t port;
  int listener = listen_on_loopback(&port), poll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = MAX_CLIENTS};
  if (poll < 0 || epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event) != 0) die("epoll");
  for (int i = 0; i < MAX_CLIENTS; i++) clients[i].fd = -1;
  signal(SIGPIPE, SIG_IGN);
  signal(SIGTERM, stop);
  printf("%u %ld %ld %zu\n", port, line.frames.video, line.frames.audio, line.bytes);
  fflush(stdout);
  for (int64_t next = now_millis() + BURST_MS; !stopping;) {
    struct epoll_event events[64];
    int64_t now = now_millis();
    int n = epoll_wait(poll, events, 64, next > now ? (int)(next - now) : 0);
    for (int i = 0; i < n; i++) {
      if (events[i].data.u32 == MAX_CLIENTS) accept_all(listener, poll);
      else if (clients[events[i].data.u32].fd >= 0) read_request(&clients[events[i].data.u32]);
    }
    if ((now = now_millis()) < next) continue;
    for (int i = 0; i < MAX_CLIENTS; i++) if (clients[i].fd >= 0 && clients[i].playing) burst(&clients[i], &line, now);
    while (next <= now) next += BURST_MS;
  }
  return 0;
}

int main(int count, char **words) {
  if (count >= 3 && strcmp(words[1], "count") == 0) return count_files(count - 2, words + 2);
  long seconds = count == 4 ? strtol(words[3], NULL, 10) : 0;
  if (count == 4 && strcmp(words[1], "serve") == 0 && seconds > 0 && seconds <= 600) return serve(words[2], (uint32_t)seconds);
  fprintf(stderr, "usage: source serve SAMPLE.flv SECONDS (1 to 600) | source count FILE.flv...\n");
  return 2;
}
