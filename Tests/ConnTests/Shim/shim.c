// Loaded into the program by LD_PRELOAD: one of its writes is its last, or fails.
//
//   CONN_SHIM=POINT:N:WHAT  at the Nth write of that kind (from 1)
//     POINT  j: to a journal   s: an fdatasync of one   c: to an IPv4 socket   f: to any file of a run
//     WHAT   before, half, after: SIGKILL then, half of the bytes written; a number: this errno, from then on;
//            s and a number: this signal, behind it;
//            x and a number: half of the bytes are taken, then this errno, and then all is well again
//   CONN_SHIM_LOG=FILE      gets a letter for each j, s and c
//   CONN_SHIM_SYNCS=FILE    gets the path of each directory that is synced, a line each
//   CONN_SHIM_PORT=OLD:NEW  who calls the port OLD over IPv4 is connected with the port NEW
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_int count;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static char kind(int fd) {
  int domain = 0;
  socklen_t size = sizeof domain;
  if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0) return domain == AF_INET ? 'c' : 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  if (!strstr(path, "/conn/runs/")) return 0;
  const char *name = strrchr(path, '/');
  return strcmp(name, "/journal.jsonl") == 0 ? 'j' : 'f';
}

static void note(char letter) {
  const char *file = getenv("CONN_SHIM_LOG");
  if (!file || letter == 'f') return;
  int log = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  REAL(write)(log, &letter, 1);
  close(log);
}

// What is to happen at this call; NULL for most of them.
static const char *fate(char letter) {
  int before = errno;
  note(letter);
  errno = before;
  const char *plan = getenv("CONN_SHIM");
  if (!letter || !plan) return NULL;
  if (plan[0] != letter && !(plan[0] == 'f' && letter == 'j')) return NULL;
  char *what;
  long wanted = strtol(plan + 2, &what, 10);
  int number = atomic_fetch_add(&count, 1) + 1;
  what++;
  int fails = what[0] >= '0' && what[0] <= '9';
  if (what[0] == 'x' && number == wanted + 1) return what + 1;
  return number == wanted || (fails && number > wanted) ? what : NULL;
}

static void die(void) { kill(getpid(), SIGKILL); pause(); }

static ssize_t vectors(int fd, const struct iovec *parts, int amount) {
  char letter = kind(fd);
  const char *what = letter ? fate(letter) : NULL;
  if (!what) return REAL(writev)(fd, parts, amount);
  if (what[0] >= '0' && what[0] <= '9') return errno = atoi(what), -1;
  if (what[0] == 's') {
    ssize_t written = REAL(writev)(fd, parts, amount);
    kill(getpid(), atoi(what + 1));
    return written;
  }
  if (what[0] == 'x') return REAL(write)(fd, parts[0].iov_base, parts[0].iov_len / 2);
  if (strcmp(what, "before") == 0) die();
  if (strcmp(what, "half") == 0) {
    REAL(write)(fd, parts[0].iov_base, parts[0].iov_len / 2);
    die();
  }
  REAL(writev)(fd, parts, amount);
  die();
  return -1;
}

ssize_t write(int fd, const void *bytes, size_t size) {
  struct iovec part = {(void *)bytes, size};
  return vectors(fd, &part, 1);
}

ssize_t writev(int fd, const struct iovec *parts, int amount) { return vectors(fd, parts, amount); }

ssize_t send(int fd, const void *bytes, size_t size, int flags) {
  return flags & ~MSG_NOSIGNAL ? REAL(send)(fd, bytes, size, flags) : write(fd, bytes, size);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  if (message->msg_controllen || message->msg_name) return REAL(sendmsg)(fd, message, flags);
  return vectors(fd, message->msg_iov, message->msg_iovlen);
}

int fdatasync(int fd) {
  const char *what = kind(fd) == 'j' ? fate('s') : NULL;
  if (!what) return REAL(fdatasync)(fd);
  if (what[0] >= '0' && what[0] <= '9') return errno = atoi(what), -1;
  if (strcmp(what, "before") == 0) die();
  REAL(fdatasync)(fd);
  die();
  return -1;
}

int fsync(int fd) {
  const char *file = getenv("CONN_SHIM_SYNCS");
  struct stat status;
  if (!file || fstat(fd, &status) != 0 || !S_ISDIR(status.st_mode)) return REAL(fsync)(fd);
  char link[64], path[4097];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return -1;
  path[length] = '\n';
  int log = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  REAL(write)(log, path, length + 1);
  close(log);
  return REAL(fsync)(fd);
}

int connect(int fd, __CONST_SOCKADDR_ARG address, socklen_t size) {
  const char *ports = getenv("CONN_SHIM_PORT");
  int old, new;
  if (!ports || address.__sockaddr__->sa_family != AF_INET) return REAL(connect)(fd, address, size);
  if (sscanf(ports, "%d:%d", &old, &new) != 2) return REAL(connect)(fd, address, size);
  struct sockaddr_in other = *address.__sockaddr_in__;
  if (other.sin_port == htons(old)) other.sin_port = htons(new);
  return REAL(connect)(fd, (struct sockaddr *)&other, sizeof other);
}
