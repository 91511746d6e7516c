// Stands for the program in the lines of shell of the tests: it hands its arguments, its environment,
// its directory and its three streams to the process of the tests, which runs the command (see
// CommandServer.swift), and exits with the code that comes back.
//
// A command whose process matters gets one: with LD_PRELOAD, CONN_PROCESS, a limit of the size of
// files or a closed stream, this becomes the program itself.
//   CONN_SERVER=PATH   the socket of the tests
//   CONN_BINARY=PATH   the program
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

extern char **environ;

static void fail(const char *what) {
  perror(what);
  exit(125);
}

static int needs_process(void) {
  struct rlimit size;
  getrlimit(RLIMIT_FSIZE, &size);
  for (int fd = 0; fd < 3; fd++)
    if (fcntl(fd, F_GETFD) < 0) return 1;
  return getenv("LD_PRELOAD") || getenv("CONN_PROCESS") || size.rlim_cur != RLIM_INFINITY;
}

// Appends a text with its NUL.
static char *message;
static size_t length;
static void add(const char *text) {
  size_t size = strlen(text) + 1;
  message = realloc(message, length + size);
  memcpy(message + length, text, size);
  length += size;
}

// The directory, the number of arguments, the arguments, the environment.
static void compose(int count, char **arguments) {
  char directory[4096], number[16];
  if (!getcwd(directory, sizeof directory)) strcpy(directory, "/");
  add(directory);
  snprintf(number, sizeof number, "%d", count - 1);
  add(number);
  for (int i = 1; i < count; i++) add(arguments[i]);
  for (char **entry = environ; *entry; entry++) add(*entry);
}

static int connect_to_tests(void) {
  struct sockaddr_un place = {.sun_family = AF_UNIX};
  const char *path = getenv("CONN_SERVER");
  strncpy(place.sun_path, path ? path : "", sizeof place.sun_path - 1);
  int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(server, (struct sockaddr *)&place, sizeof place) < 0) fail("connect");
  return server;
}

// Sends the size of the message together with the streams, and then the message.
static void hand_over(int server) {
  uint32_t size = length;
  struct iovec bytes = {&size, sizeof size};
  union {
    char space[CMSG_SPACE(3 * sizeof(int))];
    struct cmsghdr header;
  } control = {0};
  struct msghdr packet = {
      .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  struct cmsghdr *header = CMSG_FIRSTHDR(&packet);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(3 * sizeof(int));
  memcpy(CMSG_DATA(header), (int[]){0, 1, 2}, 3 * sizeof(int));
  if (sendmsg(server, &packet, 0) != sizeof size) fail("sendmsg");
  for (size_t sent = 0; sent < length;) {
    ssize_t count = write(server, message + sent, length - sent);
    if (count < 0) fail("write");
    sent += count;
  }
}

int main(int count, char **arguments) {
  if (needs_process()) {
    execv(getenv("CONN_BINARY"), arguments);
    fail("execv");
  }
  compose(count, arguments);
  int server = connect_to_tests();
  hand_over(server);
  int32_t code;
  if (read(server, &code, sizeof code) != sizeof code) fail("the command did not end");
  return code;
}
