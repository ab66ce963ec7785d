"""The seccomp filter of a box: system calls that widen the kernel's surface answer EPERM, as a raw BPF program.

Numbers are those of the x86_64 and aarch64 tables; a call through another table (i386, x32) kills the process.
"""

import platform
import struct
from typing import Literal

Filter = Literal["strict", "browser"]

EPERM, ENOSYS = 1, 38
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
LOAD, JEQ, JGE, JSET, RET = 0x20, 0x15, 0x35, 0x45, 0x06
ARCH_OFFSET, NUMBER_OFFSET, ARG0 = 4, 0, 16
CLONE_NAMESPACES = 0x7E020000 | 0x00000080  # NEWNS NEWCGROUP NEWUTS NEWIPC NEWUSER NEWPID NEWNET, and NEWTIME

X86_64 = {
    "arch": 0xC000003E, "clone": 56, "clone3": 435, "unshare": 272, "setns": 308, "socket": 41, "ioctl": 16, "personality": 135,
    "chroot": 161,
    "denied": (
        101, 310, 311, 312,  # ptrace, process_vm_readv, process_vm_writev, kcmp
        165, 166, 155, 428, 429, 430, 431, 432, 433, 442, 467, 468,  # mount, umount2, pivot_root, the new mount calls
        321, 323, 298, 250, 248, 249,  # bpf, userfaultfd, perf_event_open, keyctl, add_key, request_key
        425, 426, 427,  # io_uring
        175, 313, 176, 246, 320, 169,  # modules, kexec, reboot
        304, 303, 164, 227, 305, 159, 170, 171, 163, 167, 168, 172, 173, 179, 103, 133, 259,
        # open_by_handle_at, name_to_handle_at, settimeofday, clock_settime, clock_adjtime, adjtimex, sethostname, setdomainname,
        # acct, swapon, swapoff, iopl, ioperm, quotactl, syslog, mknod, mknodat
        153, 180, 156, 139, 212, 237, 238, 239, 279, 256, 300, 301, 438, 440, 448,
        # vhangup, nfsservctl, _sysctl, sysfs, lookup_dcookie, mbind, set/get_mempolicy, move_pages,
        # migrate_pages, fanotify_init, fanotify_mark, pidfd_getfd, process_madvise, process_mrelease
    ),
}  # fmt: skip
AARCH64 = {
    "arch": 0xC00000B7, "clone": 220, "clone3": 435, "unshare": 97, "setns": 268, "socket": 198, "ioctl": 29, "personality": 92,
    "chroot": 51,
    "denied": (
        117, 270, 271, 272, 40, 39, 41, 428, 429, 430, 431, 432, 433, 442, 467, 468, 280, 282, 241, 219, 217, 218, 425, 426, 427,
        105, 273, 106, 104, 294, 142, 265, 264, 170, 112, 266, 171, 161, 162, 89, 224, 225, 60, 116, 33, 58, 235, 237, 236, 239, 238,
        262, 263, 438, 440, 448,
    ),
}  # fmt: skip
FAMILIES = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6: all others (netlink, packet, vsock, alg, ...) are refused
NETLINK = 16  # Chromium asks for the list of interfaces
TIOCSTI, TIOCLINUX = 0x5412, 0x541C


def program(kind: Filter = "strict") -> bytes:
    """The filter as `struct sock_filter[]`, ready for bwrap's --seccomp."""
    table = AARCH64 if platform.machine() == "aarch64" else X86_64
    code: list[tuple[int, int, int, int]] = [
        (LOAD, 0, 0, ARCH_OFFSET), (JEQ, 1, 0, int(str(table["arch"]))), (RET, 0, 0, KILL), (LOAD, 0, 0, NUMBER_OFFSET),
    ]  # fmt: skip
    if table is X86_64:
        code += [(JGE, 0, 1, 0x40000000), (RET, 0, 0, ERRNO | ENOSYS)]  # x32
    denied = tuple(n for n in _numbers(table))
    browser = kind == "browser"
    for number in denied:
        code += [(JEQ, 0, 1, number), (RET, 0, 0, ERRNO | EPERM)]
    if not browser:
        for name in ("unshare", "setns", "chroot"):
            code += [(JEQ, 0, 1, _one(table, name)), (RET, 0, 0, ERRNO | EPERM)]
        code += [(JEQ, 0, 1, _one(table, "clone3")), (RET, 0, 0, ERRNO | ENOSYS)]  # libc falls back to clone, which can be judged
        code += [
            (JEQ, 0, 4, _one(table, "clone")),
            (LOAD, 0, 0, ARG0),
            (JSET, 0, 1, CLONE_NAMESPACES),
            (RET, 0, 0, ERRNO | EPERM),
            (RET, 0, 0, ALLOW),
        ]
    families = (*FAMILIES, NETLINK) if browser else FAMILIES
    code += [(JEQ, 0, len(families) + 3, _one(table, "socket")), (LOAD, 0, 0, ARG0)]
    code += [(JEQ, len(families) - at, 0, family) for at, family in enumerate(families)]
    code += [(RET, 0, 0, ERRNO | 97), (RET, 0, 0, ALLOW)]
    code += [
        (JEQ, 0, 5, _one(table, "ioctl")), (LOAD, 0, 0, ARG0 + 8),
        (JEQ, 1, 0, TIOCSTI), (JEQ, 0, 1, TIOCLINUX), (RET, 0, 0, ERRNO | EPERM), (RET, 0, 0, ALLOW),
    ]  # fmt: skip
    code.append((RET, 0, 0, ALLOW))
    return b"".join(struct.pack("<HBBI", *one) for one in code)


def _numbers(table: dict[str, object]) -> tuple[int, ...]:
    value = table["denied"]
    assert isinstance(value, tuple)
    return value


def _one(table: dict[str, object], name: str) -> int:
    value = table[name]
    assert isinstance(value, int)
    return value
