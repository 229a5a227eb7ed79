/*
 * A disk that can lose power or run full, under one process that does not know of it (LD_PRELOAD, Linux).
 *
 * Before a file or folder under POWERCUT_ROOT is changed, what is needed to undo the change is appended to a journal outside of it;
 * a sync is noted once it is done. Whoever reads the journal after the process was killed can undo any of what was not synced:
 * see PowerCut.java. Files that are deleted or replaced are kept as hard links in POWERCUT_STATE/graves until their inode number
 * can no longer be mistaken for another's.
 *
 * Journal entries begin with struct entry; for WRITE the old bytes follow, for names the path(s) follow, NUL-terminated.
 * Control files in POWERCUT_STATE: "full" (while it exists, no byte more is stored: ENOSPC), "die" (a number: so many changes and
 * syncs from now the process kills itself, just before doing it).
 *
 * Not seen: stores into shared memory maps (SQLite's -shm, rebuilt at start), and what libc does inside itself (fopen'ed logs).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { WRITE = 1, SYNC, SYNC_FOLDER, CREATE, MKDIR, UNLINK, RMDIR, RENAME, LINK };

struct entry {
    uint32_t length; /* of everything after this struct */
    uint32_t kind;
    uint64_t inode; /* of the file; of the folder for SYNC_FOLDER */
    uint64_t size;  /* before the change */
    uint64_t at;    /* of the old bytes; number of the grave, 0 if none, for UNLINK and RENAME */
};

#define FDS 65536
static unsigned char inside[FDS];
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static char root[PATH_MAX], state[PATH_MAX], full_flag[PATH_MAX + 8], die_flag[PATH_MAX + 8];
static size_t root_length;
static int journal = -1;
static long countdown = -1;
static uint64_t graves;

static ssize_t raw_write(int fd, const void *bytes, size_t count) { return syscall(SYS_write, fd, bytes, count); }

__attribute__((constructor)) static void begin(void) {
    const char *r = getenv("POWERCUT_ROOT"), *s = getenv("POWERCUT_STATE");
    if (!r || !s) return;
    snprintf(state, sizeof state, "%s", s);
    snprintf(full_flag, sizeof full_flag, "%s/full", s);
    snprintf(die_flag, sizeof die_flag, "%s/die", s);
    snprintf(root, sizeof root, "%s", r);
    root_length = strlen(root);
}

static int under(const char *path) {
    return root_length && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0)
        && strcmp(path + root_length, "/server.log") != 0;
}

/* The absolute path of what a *at call means; 0 if it is not in the folder. */
static int place(int dir, const char *path, char *out) {
    if (!root_length || !path) return 0;
    if (path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
    } else {
        char base[PATH_MAX], link[64];
        if (dir == AT_FDCWD) {
            if (!getcwd(base, sizeof base)) return 0;
        } else {
            snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
            ssize_t n = readlink(link, base, sizeof base - 1);
            if (n < 0) return 0;
            base[n] = 0;
        }
        if (snprintf(out, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return 0;
    }
    return under(out);
}

static void put(const void *bytes, size_t count) {
    const char *at = bytes;
    while (count > 0) {
        ssize_t n = raw_write(journal, at, count);
        if (n <= 0) {
            if (n < 0 && errno == EINTR) continue;
            fprintf(stderr, "powercut: the journal cannot be written: %s\n", strerror(errno));
            _exit(99);
        }
        at += n;
        count -= n;
    }
}

static void note(struct entry head, const void *tail) {
    if (journal < 0) {
        char name[PATH_MAX + 32];
        snprintf(name, sizeof name, "%s/journal.%d", state, (int) getpid());
        journal = syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
    put(&head, sizeof head);
    if (head.length) put(tail, head.length);
}

/* Called with the lock, before each change or sync. */
static void step(void) {
    if (countdown < 0 && syscall(SYS_access, die_flag, F_OK) == 0) {
        char text[32] = "";
        int fd = syscall(SYS_openat, AT_FDCWD, die_flag, O_RDONLY, 0);
        if (read(fd, text, sizeof text - 1) > 0) countdown = atol(text);
        syscall(SYS_close, fd);
    }
    if (countdown >= 0 && countdown-- == 0) {
        kill(getpid(), SIGKILL);
        pause();
    }
}

static int full(void) {
    if (syscall(SYS_access, full_flag, F_OK) != 0) return 0;
    errno = ENOSPC;
    return 1;
}

static int tracked(int fd) { return fd >= 0 && fd < FDS && inside[fd]; }

/* Notes what the bytes from `at` on are before they change; with the lock. */
static void before_write(int fd, struct stat *s, off_t at, size_t count) {
    struct entry head = {0, WRITE, s->st_ino, s->st_size, at};
    size_t old = at >= s->st_size ? 0 : (size_t) (s->st_size - at) < count ? (size_t) (s->st_size - at) : count;
    char *bytes = old ? malloc(old) : NULL;
    if (old) {
        char self[64];
        snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
        int reader = syscall(SYS_openat, AT_FDCWD, self, O_RDONLY | O_CLOEXEC, 0);
        size_t got = 0;
        while (got < old) {
            ssize_t n = syscall(SYS_pread64, reader, bytes + got, old - got, at + got);
            if (n <= 0) break;
            got += n;
        }
        syscall(SYS_close, reader);
        head.length = got;
    }
    note(head, bytes);
    free(bytes);
}

static void after_write(int fd, struct stat *s) {
    if (fcntl(fd, F_GETFL) & O_DSYNC) {
        struct entry head = {0, SYNC, s->st_ino, 0, 0};
        note(head, NULL);
    }
}

/* at < 0: where the file's own position, or its end, is */
#define CHANGING(fd, at, count, call)                                       \
    struct stat s;                                                          \
    if (!tracked(fd) || fstat(fd, &s) != 0 || !S_ISREG(s.st_mode)) return call; \
    pthread_mutex_lock(&lock);                                              \
    step();                                                                 \
    ssize_t result = -1;                                                    \
    if (!full()) {                                                          \
        fstat(fd, &s);                                                      \
        off_t from = (at);                                                  \
        if (from < 0) from = fcntl(fd, F_GETFL) & O_APPEND ? s.st_size : lseek(fd, 0, SEEK_CUR); \
        before_write(fd, &s, from, count);                                  \
        result = call;                                                      \
        after_write(fd, &s);                                                \
    }                                                                       \
    int error = errno;                                                      \
    pthread_mutex_unlock(&lock);                                            \
    errno = error;                                                          \
    return result

static size_t total(const struct iovec *parts, int count) {
    size_t sum = 0;
    for (int i = 0; i < count; i++) sum += parts[i].iov_len;
    return sum;
}

ssize_t write(int fd, const void *b, size_t n) { CHANGING(fd, -1, n, raw_write(fd, b, n)); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t at) { CHANGING(fd, at, n, syscall(SYS_pwrite64, fd, b, n, at)); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t at) { return pwrite64(fd, b, n, at); }
ssize_t writev(int fd, const struct iovec *p, int n) { CHANGING(fd, -1, total(p, n), syscall(SYS_writev, fd, p, n)); }
ssize_t pwritev64(int fd, const struct iovec *p, int n, off64_t at) {
    CHANGING(fd, at, total(p, n), syscall(SYS_pwritev, fd, p, n, (long) at, 0L));
}
ssize_t pwritev(int fd, const struct iovec *p, int n, off_t at) { return pwritev64(fd, p, n, at); }
ssize_t sendfile64(int out, int in, off64_t *o, size_t n) { CHANGING(out, -1, n, syscall(SYS_sendfile, out, in, o, n)); }
ssize_t sendfile(int out, int in, off_t *o, size_t n) { return sendfile64(out, in, (off64_t *) o, n); }
ssize_t copy_file_range(int in, off64_t *io, int out, off64_t *oo, size_t n, unsigned f) {
    CHANGING(out, oo ? *oo : -1, n, syscall(SYS_copy_file_range, in, io, out, oo, n, f));
}
int ftruncate64(int fd, off64_t size) {
    CHANGING(fd, size, (size_t) (size < s.st_size ? s.st_size - size : 0), (int) syscall(SYS_ftruncate, fd, size));
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
int fallocate64(int fd, int mode, off64_t at, off64_t n) {
    CHANGING(fd, at, (size_t) (mode & 0x02 ? n : 0), (int) syscall(SYS_fallocate, fd, mode, at, n));
}
int fallocate(int fd, int mode, off_t at, off_t n) { return fallocate64(fd, mode, at, n); }
int posix_fallocate64(int fd, off64_t at, off64_t n) { return fallocate64(fd, 0, at, n) == 0 ? 0 : errno; }
int posix_fallocate(int fd, off_t at, off_t n) { return posix_fallocate64(fd, at, n); }

static int synced(int fd, long call) {
    struct stat s;
    if (!tracked(fd) || fstat(fd, &s) != 0) return syscall(call, fd);
    pthread_mutex_lock(&lock);
    step();
    struct entry head = {0, S_ISDIR(s.st_mode) ? SYNC_FOLDER : SYNC, s.st_ino, 0, 0};
    int result = 0; /* the machine keeps its power: only the note matters */
    note(head, NULL);
    pthread_mutex_unlock(&lock);
    return result;
}

int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static uint64_t folder_of(const char *path) {
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash && slash != folder) *slash = 0;
    struct stat s;
    return stat(folder, &s) == 0 ? s.st_ino : 0;
}

/* Keeps a file that is about to lose its name. */
static uint64_t bury(const char *path) {
    char grave[PATH_MAX + 64];
    snprintf(grave, sizeof grave, "%s/graves/%d-%lu", state, (int) getpid(), (unsigned long) ++graves);
    return syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, grave, 0) == 0 ? graves : 0;
}

/* kind, folder's inode in `inode`, path of the thing, second path if any */
static void note_name(enum kind kind, uint64_t grave, const char *path, const char *second) {
    char tail[2 * PATH_MAX];
    size_t a = strlen(path) + 1, b = second ? strlen(second) + 1 : 0;
    memcpy(tail, path, a);
    if (b) memcpy(tail + a, second, b);
    struct entry head = {a + b, kind, folder_of(path), second ? folder_of(second) : 0, grave};
    note(head, tail);
}

static int opened(int dir, const char *path, int flags, mode_t mode) {
    char full_path[PATH_MAX];
    if (!place(dir, path, full_path) || (flags & O_TMPFILE) == O_TMPFILE) return syscall(SYS_openat, dir, path, flags, mode);
    pthread_mutex_lock(&lock);
    struct stat s;
    int there = stat(full_path, &s) == 0, fd = -1;
    if ((flags & O_CREAT) && !there) {
        step();
        if (!full()) {
            note_name(CREATE, 0, full_path, NULL);
            fd = syscall(SYS_openat, dir, path, flags, mode);
        }
    } else {
        if (there && (flags & O_TRUNC) && !(flags & O_EXCL) && S_ISREG(s.st_mode) && s.st_size > 0) {
            step();
            int reader = syscall(SYS_openat, AT_FDCWD, full_path, O_RDONLY | O_CLOEXEC, 0);
            if (reader >= 0) {
                before_write(reader, &s, 0, s.st_size);
                syscall(SYS_close, reader);
            }
        }
        fd = syscall(SYS_openat, dir, path, flags, mode);
    }
    int error = errno;
    if (fd >= 0 && fd < FDS) inside[fd] = 1;
    pthread_mutex_unlock(&lock);
    errno = error;
    return fd;
}

#define MODE(flags, last) mode_t mode = 0; \
    if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) { va_list v; va_start(v, last); mode = va_arg(v, mode_t); va_end(v); }

int open(const char *path, int flags, ...) { MODE(flags, flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags, flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE(flags, flags) return opened(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE(flags, flags) return opened(dir, path, flags, mode); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }
/* fortified callers */
int __open_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __openat64_2(int dir, const char *path, int flags) { return opened(dir, path, flags, 0); }

int close(int fd) {
    if (fd >= 0 && fd < FDS) inside[fd] = 0;
    return syscall(SYS_close, fd);
}

int dup2(int from, int to) {
    int result = syscall(SYS_dup2, from, to);
    if (result >= 0 && result < FDS) inside[result] = tracked(from);
    return result;
}

#define NAMING(condition, notes, call)              \
    pthread_mutex_lock(&lock);                      \
    int result = -1;                                \
    step();                                         \
    if (!(condition) || !full()) { notes; result = call; } \
    int error = errno;                              \
    pthread_mutex_unlock(&lock);                    \
    errno = error;                                  \
    return result

static int made(int dir, const char *path, mode_t mode) {
    char p[PATH_MAX];
    struct stat s;
    if (!place(dir, path, p) || lstat(p, &s) == 0) return syscall(SYS_mkdirat, dir, path, mode);
    NAMING(1, note_name(MKDIR, 0, p, NULL), syscall(SYS_mkdirat, dir, path, mode));
}

int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int dir, const char *path, mode_t mode) { return made(dir, path, mode); }

static int removed(int dir, const char *path, int flags) {
    char p[PATH_MAX];
    struct stat s;
    if (!place(dir, path, p) || lstat(p, &s) != 0) return syscall(SYS_unlinkat, dir, path, flags);
    if (flags & AT_REMOVEDIR) { NAMING(0, note_name(RMDIR, 0, p, NULL), syscall(SYS_unlinkat, dir, path, flags)); }
    NAMING(0, note_name(UNLINK, bury(p), p, NULL), syscall(SYS_unlinkat, dir, path, flags));
}

int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }
int unlinkat(int dir, const char *path, int flags) { return removed(dir, path, flags); }
int remove(const char *path) {
    struct stat s;
    return removed(AT_FDCWD, path, lstat(path, &s) == 0 && S_ISDIR(s.st_mode) ? AT_REMOVEDIR : 0);
}

static int moved(int from_dir, const char *from, int to_dir, const char *to, unsigned flags) {
    char a[PATH_MAX], b[PATH_MAX];
    struct stat s;
    if (!place(from_dir, from, a) || !place(to_dir, to, b)) return syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
    NAMING(0, note_name(RENAME, lstat(b, &s) == 0 ? bury(b) : 0, a, b), syscall(SYS_renameat2, from_dir, from, to_dir, to, flags));
}

int rename(const char *from, const char *to) { return moved(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int fd, const char *from, int td, const char *to) { return moved(fd, from, td, to, 0); }
int renameat2(int fd, const char *from, int td, const char *to, unsigned flags) { return moved(fd, from, td, to, flags); }

int link(const char *from, const char *to) {
    char p[PATH_MAX];
    if (!place(AT_FDCWD, to, p)) return syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
    NAMING(1, note_name(LINK, 0, p, NULL), syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}
