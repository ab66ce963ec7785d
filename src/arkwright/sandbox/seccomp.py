"""The seccomp filter of a box: system calls that widen the kernel's surface answer EPERM, as a raw BPF program.

Numbers are those of the x86_64 and aarch64 tables; a call through another table (i386) kills the process, x32 does not exist.
"""

import platform
import struct
from dataclasses import dataclass
from typing import Literal

Filter = Literal["strict", "browser", "server", "call"]
Instruction = tuple[int, int, int, int]

EPERM, ENOSYS, EAFNOSUPPORT = 1, 38, 97
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
LOAD, JEQ, JGE, JSET, RET = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCH, ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
# NEWTIME NEWNS NEWCGROUP NEWUTS NEWIPC NEWUSER NEWPID NEWNET
NAMESPACES = 0x7E020080
FAMILIES = (1, 2, 10)  # unix, inet, inet6; all others (netlink, packet, vsock, alg, ...) are refused
NETLINK = 16  # Chromium and Node ask it for the list of interfaces
TIOCSTI, TIOCLINUX = 0x5412, 0x541C
CLONE_THREAD = 0x10000


@dataclass(frozen=True, slots=True)
class Table:
    """System call numbers of one architecture."""

    arch: int
    clone: int
    clone3: int
    socket: int
    ioctl: int
    affinity: int
    namespaces: tuple[int, ...]
    denied: tuple[int, ...]
    reach: tuple[int, ...]  # past Landlock: programs, signals, System V objects, modes and owners by path
    forks: tuple[int, ...]
    limit: int
    times: int


X86_64 = Table(
    arch=0xC000003E, clone=56, clone3=435, socket=41, ioctl=16, affinity=203,
    namespaces=(272, 308, 161),  # unshare, setns, chroot
    denied=(
        101, 310, 311, 312,  # ptrace, process_vm_readv, process_vm_writev, kcmp
        165, 166, 155, 428, 429, 430, 431, 432, 433, 442, 467, 457, 458,  # mount, umount2, pivot_root, the new mount calls
        321, 323, 298, 248, 249, 250,  # bpf, userfaultfd, perf_event_open, add_key, request_key, keyctl
        425, 426, 427,  # io_uring
        175, 313, 176, 246, 320, 169,  # init_module, finit_module, delete_module, kexec_load, kexec_file_load, reboot
        303, 304,  # name_to_handle_at, open_by_handle_at
        164, 227, 305, 159,  # settimeofday, clock_settime, clock_adjtime, adjtimex
        170, 171, 163, 167, 168, 172, 173, 103,  # sethostname, setdomainname, acct, swapon, swapoff, iopl, ioperm, syslog
        179, 443, 153, 180, 156, 139, 212,  # quotactl, quotactl_fd, vhangup, nfsservctl, _sysctl, sysfs, lookup_dcookie
        237, 238, 239, 279, 256,  # mbind, set_mempolicy, get_mempolicy, move_pages, migrate_pages
        300, 301, 438, 440, 448,  # fanotify_init, fanotify_mark, pidfd_getfd, process_madvise, process_mrelease
    ),
    reach=(
        59, 322, 62, 200, 234, 129, 297, 424, 434,  # execve, execveat, kill and its kin, pidfd_open
        29, 30, 31, 64, 65, 66, 220, 68, 69, 70, 71, 240, 241,  # shared memory, semaphores and message queues
        90, 268, 452, 92, 94, 260, 188, 189, 197, 198, 463, 466, 469,  # chmod, chown, xattr and their kin by path
        132, 235, 261, 76, 133, 259, 254,  # utime, utimes, futimesat, truncate, mknod, mknodat, inotify_add_watch
        141, 142, 144, 314, 251,  # setpriority, sched_set..., ioprio_set
    ),
    forks=(57, 58), limit=302, times=280,
)  # fmt: skip
AARCH64 = Table(
    arch=0xC00000B7, clone=220, clone3=435, socket=198, ioctl=29, affinity=122,
    namespaces=(97, 268, 51),
    denied=(
        117, 270, 271, 272, 40, 39, 41, 428, 429, 430, 431, 432, 433, 442, 467, 457, 458,
        280, 282, 241, 217, 218, 219, 425, 426, 427, 105, 273, 106, 104, 294, 142, 264, 265, 170, 112, 266, 171,
        161, 162, 89, 224, 225, 116, 60, 443, 58, 235, 237, 236, 239, 238, 262, 263, 438, 440, 448,
    ),
    reach=(
        221, 281, 129, 130, 131, 138, 240, 424, 434, 194, 195, 196, 197, 190, 191, 192, 193, 186, 187, 188, 189, 180, 181,
        53, 452, 54, 5, 6, 14, 15, 463, 466, 469, 45, 33, 27, 140, 118, 119, 274, 30,
    ),
    forks=(), limit=261, times=88,
)  # fmt: skip


def program(kind: Filter = "strict") -> bytes:
    """The filter as `struct sock_filter[]`, ready for bwrap's --seccomp; `server` and `call` are for what Landlock holds."""
    table = AARCH64 if platform.machine() == "aarch64" else X86_64
    code: list[Instruction] = [(LOAD, 0, 0, ARCH), (JEQ, 1, 0, table.arch), (RET, 0, 0, KILL), (LOAD, 0, 0, NUMBER)]
    if table is X86_64:
        code += [(JGE, 0, 1, 0x40000000), (RET, 0, 0, ERRNO | ENOSYS)]
    if kind == "call":
        code += [*refuse(table.forks, EPERM), *only_threads(table.clone), (RET, 0, 0, ALLOW)]
        return packed(code)
    code += refuse(table.denied, EPERM)
    if kind == "server":
        code += [*refuse(table.reach, EPERM), *refuse((table.socket,), EAFNOSUPPORT)]
        code += [*unless_zero(table.limit, 0), *unless_zero(table.times, 1)]
    if kind != "browser":
        code += refuse((*table.namespaces, table.affinity), EPERM)
        code += refuse((table.clone3,), ENOSYS)  # libc falls back to clone, whose flags can be read
        code += [
            (JEQ, 0, 4, table.clone),
            (LOAD, 0, 0, ARGUMENT),
            (JSET, 0, 1, NAMESPACES),
            (RET, 0, 0, ERRNO | EPERM),
            (RET, 0, 0, ALLOW),
        ]
    code += sockets(table.socket, FAMILIES if kind != "browser" else (*FAMILIES, NETLINK))
    code += [
        (JEQ, 0, 4, table.ioctl),
        (LOAD, 0, 0, ARGUMENT + 8),
        (JEQ, 1, 0, TIOCSTI),
        (JEQ, 0, 1, TIOCLINUX),
        (RET, 0, 0, ERRNO | EPERM),
    ]
    code.append((RET, 0, 0, ALLOW))
    return packed(code)


def packed(code: list[Instruction]) -> bytes:
    """Instructions as the kernel reads them."""
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in code)


def only_threads(clone: int) -> list[Instruction]:
    """Refuse a clone that makes a process."""
    return [
        (JEQ, 0, 3, clone),
        (LOAD, 0, 0, ARGUMENT),
        (JSET, 1, 0, CLONE_THREAD),
        (RET, 0, 0, ERRNO | EPERM),
        (LOAD, 0, 0, NUMBER),
    ]


def unless_zero(number: int, argument: int) -> list[Instruction]:
    """Refuse a call unless this argument of it, all 64 bits, is zero: this process, or an open file and no path."""
    at = ARGUMENT + 8 * argument
    return [
        (JEQ, 0, 6, number),
        (LOAD, 0, 0, at),
        (JEQ, 0, 2, 0),
        (LOAD, 0, 0, at + 4),
        (JEQ, 1, 0, 0),
        (RET, 0, 0, ERRNO | EPERM),
        (LOAD, 0, 0, NUMBER),
    ]


def refuse(numbers: tuple[int, ...], error: int) -> list[Instruction]:
    """Answer these calls with an error."""
    return [step for number in numbers for step in ((JEQ, 0, 1, number), (RET, 0, 0, ERRNO | error))]


def sockets(number: int, families: tuple[int, ...]) -> list[Instruction]:
    """Let sockets of these families be made, and no others."""
    allowed = [(JEQ, len(families) - at, 0, family) for at, family in enumerate(families)]
    return [
        (JEQ, 0, len(families) + 3, number),
        (LOAD, 0, 0, ARGUMENT),
        *allowed,
        (RET, 0, 0, ERRNO | EAFNOSUPPORT),
        (RET, 0, 0, ALLOW),
    ]
